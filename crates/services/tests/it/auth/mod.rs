mod companies;
mod invitation;
#[cfg(feature = "passkeys")]
mod passkeys;
mod second_factor;
mod set_up;
mod sign_in;
