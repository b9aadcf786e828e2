mod secure_link;
