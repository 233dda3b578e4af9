//! Passwords, kept as argon2id (RFC 9106) in the PHC form, which names its own parameters: stronger ones later need no migration.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// Memory in KiB, passes and lanes: the second choice of the OWASP cheat sheet, about 40 ms in a Worker's wasm.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What is tried when there is no such account, so that nobody learns by the clock which accounts exist. It fits no password that
/// anybody knows: its salt and hash are not made from one.
pub const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBwYXNzd29yZA$bm8gcGFzc3dvcmQgd2FzIGhhc2hlZCB0byBnZXQgdGg";

/// The hash to be stored; none when the library refuses.
pub fn hash(password: &str, salt: [u8; 16]) -> Option<String> {
    let (memory, passes, lanes) = COST;
    let cost = Params::new(memory, passes, lanes, None).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
    argon.hash_password_with_salt(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

/// Whether this is the password of the stored hash.
pub fn fits(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let stored = hash("құпия сөз 12", [1; 16]).expect("a hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(fits("құпия сөз 12", &stored));
        assert!(!fits("құпия сөз 13", &stored));
        assert!(!fits("", "not a hash"));
        assert_ne!(hash("құпия сөз 12", [2; 16]), Some(stored), "another salt, another hash");
    }

    #[test]
    fn nobodys_password_costs_as_much_as_a_real_one() {
        let nobodys = PasswordHash::new(NOBODYS).expect("the PHC form");
        let real = hash("a password of somebody", [1; 16]).expect("a hash");
        let real = PasswordHash::new(&real).expect("the PHC form");
        assert_eq!((nobodys.algorithm, nobodys.version, &nobodys.params), (real.algorithm, real.version, &real.params));
        assert!(nobodys.hash.is_some_and(|hash| hash.as_bytes().len() == 32), "as long as a real one");
        assert!(!fits("", NOBODYS));
    }
}
