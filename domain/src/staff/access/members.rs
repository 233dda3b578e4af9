//! Staff members, as administrators see and change them.

use crate::contact::Email;
use crate::date::Timestamp;
use crate::error::{FaultCode, FieldFault};
use crate::language::Language;
use crate::name::LINE_MAX;
use crate::staff::access::Role;
use serde::{Deserialize, Serialize};

/// A staff member, as administrators see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Centre; none: every centre.
    pub centre: Option<String>,
    /// In which language letters to them are written.
    pub language: Language,
    /// Whether an authenticator app is set up.
    pub second_factor: bool,
    /// When they signed in last.
    pub seen_at: Option<Timestamp>,
    /// Since when they can't sign in any more.
    pub disabled_at: Option<Timestamp>,
}

/// Body of `POST /api/staff/members` and `PUT /api/staff/members/{id}`; a new member gets a first password by the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffForm {
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Centre; needed by some roles, refused by others.
    pub centre: Option<String>,
    /// In which language letters to them are written.
    pub language: Language,
}

impl StaffForm {
    /// What is wrong with it. Whether the centre exists, and nobody else has the e-mail, only the store knows.
    pub fn faults(&self) -> Vec<FieldFault> {
        let name = match self.name.trim() {
            "" => Some(FaultCode::Required),
            name if name.chars().count() > LINE_MAX => Some(FaultCode::TooLong),
            name if name.chars().any(char::is_control) => Some(FaultCode::LineCharacters),
            _ => None,
        };
        let centre = match self.centre {
            None if self.role.needs_a_centre() => Some(FaultCode::Required),
            Some(_) if self.role == Role::Administrator => Some(FaultCode::UnknownChoice),
            _ => None,
        };
        let faults = [("name", name), ("email", Email::parse(&self.email).err()), ("centre", centre)];
        faults.into_iter().filter_map(|(field, code)| Some(FieldFault { field: field.to_owned(), code: code? })).collect()
    }
}

/// The answer to a new member, and to a reset of a password or second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstPassword {
    /// The member's identifier.
    pub id: String,
    /// A password to be handed over; it has to be changed at the first sign-in.
    pub password: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::access::account_name;

    fn found(faults: Vec<FieldFault>) -> Vec<(String, FaultCode)> {
        faults.into_iter().map(|fault| (fault.field, fault.code)).collect()
    }

    fn form(role: Role, centre: Option<&str>) -> StaffForm {
        let (name, email) = ("Асель".to_owned(), "asel@tumo.example".to_owned());
        StaffForm { name, email, role, centre: centre.map(str::to_owned), language: Language::Kazakh }
    }

    #[test]
    fn a_role_says_whether_there_is_a_centre() {
        let fault = |code| vec![("centre".to_owned(), code)];
        for role in Role::ALL {
            let (with, without) = (found(form(*role, Some("astana")).faults()), found(form(*role, None).faults()));
            match role {
                Role::Administrator => assert_eq!((with, without), (fault(FaultCode::UnknownChoice), vec![])),
                Role::Coordinator | Role::Trainer => {
                    assert_eq!((with, without), (vec![], fault(FaultCode::Required)));
                }
                Role::Viewer => assert_eq!((with, without), (vec![], vec![])),
            }
        }
    }

    #[test]
    fn a_member_has_a_name_and_an_address() {
        let form = StaffForm { name: " ".into(), email: "asel".into(), ..form(Role::Trainer, None) };
        let faults = [("name", FaultCode::Required), ("email", FaultCode::EmailFormat), ("centre", FaultCode::Required)];
        assert_eq!(found(form.faults()), faults.map(|(field, code)| (field.to_owned(), code)));
        assert_eq!(account_name(" Asel@TUMO.example "), "asel@tumo.example");
    }
}
