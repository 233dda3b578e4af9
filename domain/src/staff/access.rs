//! Roles, rights and signing in.

mod members;

use crate::date::Timestamp;
use crate::error::{FaultCode, FieldFault};
use crate::word::words;
use serde::{Deserialize, Serialize};

pub use members::{FirstPassword, StaffForm, StaffMember};

words! {
    /// What a staff member is.
    Role {
        /// Everything, at every centre.
        Administrator = "administrator",
        /// Runs one centre.
        Coordinator = "coordinator",
        /// Marks attendance in one centre.
        Trainer = "trainer",
        /// Sees figures, never names.
        Viewer = "viewer",
    }
}

words! {
    /// What a route asks for. Each route names one, in one table.
    Right {
        /// Finishing to sign in, being told who is signed in, signing out.
        SigningIn = "signing_in",
        /// Own account: password, second factor, signing out everywhere.
        OwnAccount = "own_account",
        /// Figures without names: overview, fill of cohorts.
        SeeFigures = "see_figures",
        /// Names of students, their state, tracks and marks.
        SeeNames = "see_names",
        /// Contacts of a family; each look is journalled.
        SeeContacts = "see_contacts",
        /// Marks of attendance.
        MarkAttendance = "mark_attendance",
        /// Cohorts, their slots, seats, sessions, and closed days.
        ManageCohorts = "manage_cohorts",
        /// Registrations: adding by hand, moving, reordering, withdrawing; messages to families.
        ManageRegistrations = "manage_registrations",
        /// Files of attendance and rosters.
        Export = "export",
        /// Files of cohorts and students taken in.
        Import = "import",
        /// The journal and undoing.
        SeeJournal = "see_journal",
        /// Staff members, their roles and centres.
        ManageStaff = "manage_staff",
    }
}

impl Role {
    /// Whether this role has the right, at the centres it [reaches](Reach).
    pub const fn may(self, right: Right) -> bool {
        match self {
            Self::Administrator => true,
            Self::Coordinator => !matches!(right, Right::ManageStaff),
            Self::Trainer => {
                matches!(
                    right,
                    Right::SigningIn | Right::OwnAccount | Right::SeeFigures | Right::SeeNames | Right::MarkAttendance
                )
            }
            Self::Viewer => matches!(right, Right::SigningIn | Right::OwnAccount | Right::SeeFigures),
        }
    }

    /// Whether the role belongs to one centre. An administrator never does; a viewer may.
    pub const fn needs_a_centre(self) -> bool {
        matches!(self, Self::Coordinator | Self::Trainer)
    }

    /// Whether signing in takes an authenticator app as well.
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Self::Administrator | Self::Coordinator)
    }
}

/// At which centres a staff member's rights hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    EveryCentre,
    /// At this one.
    Centre(String),
}

impl Reach {
    /// Whether it holds at this centre.
    pub fn covers(&self, centre: &str) -> bool {
        match self {
            Self::EveryCentre => true,
            Self::Centre(own) => own == centre,
        }
    }
}

/// The shortest password, in characters (NIST SP 800-63B-4: 15 without a second factor, at least 8 with one; we ask 12 of everybody).
pub const PASSWORD_MIN: usize = 12;

/// The longest password, in characters.
pub const PASSWORD_MAX: usize = 200;

/// How long a session lives without being used, in hours: a working day with its evening.
pub const SESSION_IDLE_HOURS: i64 = 12;

/// How long a session lives at most, in days.
pub const SESSION_MAX_DAYS: i64 = 14;

/// By what an account is found: the e-mail address, however it was typed.
pub fn account_name(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Body of `POST /api/staff/sign-in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInForm {
    /// E-mail.
    pub email: String,
    /// Password.
    pub password: String,
}

/// Body of `POST /api/staff/sign-in/code` and `POST /api/staff/second-factor/confirm`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeForm {
    /// Six digits of the authenticator app, or a recovery code.
    pub code: String,
}

words! {
    /// What a session still lacks before it may do what its role may.
    Pending {
        /// The code of the authenticator app.
        Code = "code",
        /// An authenticator app has to be set up first.
        Enrolment = "enrolment",
        /// A password of one's own has to be chosen first: the one used was given by somebody else.
        Password = "password",
    }
}

/// The answer of `GET /api/staff/sign-in`: how one may sign in besides e-mail and password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ways {
    /// An identity provider stands in front of the site: `POST /api/staff/sign-in/access` asks it.
    pub access: bool,
}

/// The answer of `GET /api/staff/me` and of each step of signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Identifier.
    pub id: String,
    /// Name, shown to colleagues.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Role.
    pub role: Role,
    /// The centre; none: every centre.
    pub centre: Option<String>,
    /// What is still missing.
    pub pending: Option<Pending>,
    /// Whether an authenticator app is set up.
    pub second_factor: bool,
    /// The server's clock.
    pub at: Timestamp,
}

/// Body of `PUT /api/staff/password`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordForm {
    /// The password until now.
    pub current: String,
    /// The new one: [`PASSWORD_MIN`] to [`PASSWORD_MAX`] characters.
    pub new: String,
}

impl PasswordForm {
    /// What is wrong with the new password.
    pub fn faults(&self) -> Vec<FieldFault> {
        let fault = match self.new.chars().count() {
            ..PASSWORD_MIN => Some(FaultCode::TooShort),
            length if length > PASSWORD_MAX => Some(FaultCode::TooLong),
            _ if self.new == self.current => Some(FaultCode::Taken),
            _ => None,
        };
        fault.map(|code| FieldFault { field: "new".to_owned(), code }).into_iter().collect()
    }
}

/// The answer of `POST /api/staff/second-factor`: what the authenticator app needs (RFC 6238).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorSetup {
    /// The secret in base32, to be typed where there is no camera.
    pub secret: String,
    /// The same as `otpauth://` address.
    pub address: String,
    /// The address as a QR code: an SVG document.
    pub qr_svg: String,
}

/// The answer of `POST /api/staff/second-factor/confirm`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten codes that work once each, shown this once.
    pub codes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_twelve_characters_of_whatever_kind() {
        let faults = |new: &str| PasswordForm { current: "құпия сөз 123".into(), new: new.into() }.faults();
        let fault = |code| vec![FieldFault { field: "new".into(), code }];
        assert_eq!(faults("он бір әріп"), fault(FaultCode::TooShort));
        assert_eq!(faults("он екі әріп!"), []);
        assert_eq!(faults(&"ұ".repeat(PASSWORD_MAX)), []);
        assert_eq!(faults(&"ұ".repeat(PASSWORD_MAX + 1)), fault(FaultCode::TooLong));
        assert_eq!(faults("құпия сөз 123"), fault(FaultCode::Taken), "the one until now");
    }

    #[test]
    fn every_right_belongs_to_somebody_and_nobody_but_the_administrator_has_all() {
        for right in Right::ALL {
            assert!(Role::Administrator.may(*right));
        }
        for role in [Role::Coordinator, Role::Trainer, Role::Viewer] {
            assert!(role.may(Right::SigningIn));
            assert!(role.may(Right::OwnAccount));
            assert!(!role.may(Right::ManageStaff));
        }
        assert!(!Role::Viewer.may(Right::SeeNames));
        assert!(!Role::Trainer.may(Right::SeeContacts));
    }
}
