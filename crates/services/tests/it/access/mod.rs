mod bulk;
mod grant;
mod members;
mod portal_users;
mod revoke;
mod second_company;
