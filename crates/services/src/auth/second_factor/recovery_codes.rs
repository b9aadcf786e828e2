//! Codes for when the app is lost, each good for once.
//!
//! A code has 40 random bits. What is stored is its hash under a key that is not in the database (ASVS 6.5.2 asks for
//! a slow hash of codes this short; without the key not even a fast one can be searched), and tries are counted.

use entities::recovery_code as row;
use hmac::Mac;
use rand::RngExt;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Cx, ServiceResult, Transaction, ids,
    secrets::{Purpose, SecretKey},
};

/// How many there are at first.
const NUMBER: usize = 10;
/// Letters and figures that nobody takes for one another: without l, o, 0 and 1.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Writes ten new codes in place of what there was; they are shown once.
pub(super) async fn renew(cx: &Cx, transaction: &Transaction, user: Uuid) -> ServiceResult<Vec<String>> {
    remove(transaction, user).await?;
    let codes: Vec<String> = (0..NUMBER).map(|_| mint()).collect();
    let rows = codes.iter().map(|code| row::ActiveModel {
        id: Set(ids::mint(cx.now())),
        user_id: Set(user),
        hash: Set(hash(&cx.config().secret_key, user, code)),
        created_at: Set(cx.now().millis()),
    });
    row::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(codes)
}

/// Removes what there is.
pub(super) async fn remove(transaction: &Transaction, user: Uuid) -> ServiceResult<()> {
    row::Entity::delete_many().filter(row::Column::UserId.eq(user)).exec(transaction).await?;
    Ok(())
}

/// Spends a code; `false` when it is none, or was spent.
pub(super) async fn spend(
    cx: &Cx,
    transaction: &Transaction,
    user: Uuid,
    typed: &str,
) -> ServiceResult<bool> {
    let spent = row::Entity::delete_many()
        .filter(row::Column::UserId.eq(user))
        .filter(row::Column::Hash.eq(hash(&cx.config().secret_key, user, typed)))
        .exec(transaction)
        .await?;
    Ok(spent.rows_affected == 1)
}

fn mint() -> String {
    let mut random = rand::rng();
    let letters: String = (0..8)
        .filter_map(|_| ALPHABET.get(random.random_range(0..32_usize)).copied())
        .map(char::from)
        .collect();
    let (first, second) = letters.split_at(4);
    format!("{first}-{second}")
}

/// However it is typed: with or without the hyphen, in capitals, with blanks.
fn hash(key: &SecretKey, user: Uuid, code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let mac = key.mac(Purpose::RecoveryCode).chain_update(user.as_bytes());
    let tag = mac.chain_update(letters.to_ascii_lowercase()).finalize().into_bytes();
    tag.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_look_alike_and_are_read_however_they_are_typed() {
        let code = mint();
        assert_eq!((code.len(), code.chars().nth(4)), (9, Some('-')), "{code}");
        assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{code}");
        let (key, user) = (SecretKey::random(), Uuid::now_v7());
        let stored = hash(&key, user, "abcd-ef23");
        for typed in ["abcd-ef23", "ABCDEF23", " abcd ef23 "] {
            assert_eq!(hash(&key, user, typed), stored);
        }
        assert_ne!(hash(&key, user, "abcd-ef24"), stored);
        assert_ne!(hash(&key, Uuid::now_v7(), "abcd-ef23"), stored, "one person's code is not another's");
    }
}
