mod companies;
mod invitation;
#[cfg(feature = "passkeys")]
mod passkeys;
mod reset;
mod second_factor;
mod set_up;
mod sign_in;
mod throttle;
