mod change_password;
