mod grant;
mod revoke;
mod second_company;
