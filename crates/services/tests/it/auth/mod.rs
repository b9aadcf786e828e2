mod companies;
mod invitation;
mod reset;
mod second_factor;
mod set_up;
mod sign_in;
mod throttle;
