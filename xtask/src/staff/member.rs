//! A staff member as a row.

use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::access::Role;

/// A staff member to be stored.
pub struct Member {
    /// Identifier.
    pub id: String,
    /// E-mail, as accounts are found by it.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Centre.
    pub centre: Option<String>,
    /// Language of letters to them.
    pub language: Language,
    /// What the password has to fit.
    pub password_hash: String,
    /// Whether it has to be changed.
    pub must_change_password: bool,
    /// Secret of an authenticator app that is set up, sealed.
    pub app_sealed: Option<String>,
    /// When they were added.
    pub created_at: Timestamp,
    /// When they signed in last.
    pub seen_at: Option<Timestamp>,
}

impl Member {
    /// The statement that stores them.
    pub fn sql(&self) -> String {
        let number = |moment: Option<Timestamp>| moment.map_or_else(|| "NULL".to_owned(), |moment| moment.0.to_string());
        let values = [
            quoted(&self.id),
            quoted(&self.email),
            quoted(&self.name),
            quoted(self.role.as_str()),
            maybe(self.centre.as_deref()),
            quoted(self.language.as_str()),
            quoted(&self.password_hash),
            i32::from(self.must_change_password).to_string(),
            maybe(self.app_sealed.as_deref()),
            number(self.app_sealed.as_ref().map(|_| self.created_at)),
            number(Some(self.created_at)),
            number(self.seen_at),
        ];
        format!(
            "INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password,
    totp_sealed, totp_confirmed_at, created_at, seen_at)
VALUES ({});",
            values.join(", ")
        )
    }

    /// The statement that tells an act of this program on them.
    pub fn journal(&self, act: &str, details: &str) -> String {
        let [act, subject, details] = [act, &format!("member:{}", self.id), details].map(quoted);
        let at = self.created_at.0;
        format!("INSERT INTO journal (at, author, act, subject, details) VALUES ({at}, 'system', {act}, {subject}, {details});")
    }
}

fn maybe(text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), quoted)
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_quotes() {
        assert_eq!(quoted("O'Hara'); DROP TABLE x; --"), "'O''Hara''); DROP TABLE x; --'");
    }
}
