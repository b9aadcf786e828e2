mod companies;
mod invitation;
mod set_up;
mod sign_in;
