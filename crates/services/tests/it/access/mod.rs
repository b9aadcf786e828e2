mod bulk;
mod explain;
mod grant;
mod members;
mod portal_users;
mod properties;
mod revoke;
mod second_company;
