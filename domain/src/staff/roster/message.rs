//! Messages to the families of a cohort.

use crate::error::{FaultCode, FieldFault};
use crate::name::says_nothing;
use crate::registration::RegistrationState;
use serde::{Deserialize, Serialize};

/// The longest subject of a message, in characters.
pub const SUBJECT_MAX: usize = 120;

/// The purpose of consent without which a family gets no news. What they have to know of their application, seat and sessions is
/// part of what everybody agreed to.
pub const NEWS: &str = "news";

/// The longest message, in characters.
pub const MESSAGE_MAX: usize = 4000;

/// Body of `POST /api/staff/cohorts/{cohort}/messages`: a letter to every address that families gave, once to each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageForm {
    /// Drawn by the client, 26 letters and digits: the same message sent twice is one.
    pub id: String,
    /// Subject.
    pub subject: String,
    /// Text, as written by staff.
    pub body: String,
    /// To the families of registrations in these states.
    pub states: Vec<RegistrationState>,
    /// News, which is nothing about their application, seat or sessions: only to families who agreed to [`NEWS`].
    #[serde(default)]
    pub news: bool,
    /// Only count; subject and text may be empty still.
    #[serde(default)]
    pub preview: bool,
}

impl MessageForm {
    /// Whom it is written to.
    pub fn recipients(&self) -> (&[RegistrationState], bool) {
        (&self.states, self.news)
    }
}

/// The answer to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageAnswer {
    /// How many letters were queued, or would be.
    pub letters: u32,
    /// How many families gave no address and have to be called.
    pub without_address: u32,
}

/// Faults of a message, by the fields of the form.
pub fn check_message(form: &MessageForm) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, code| faults.push(FieldFault { field: field.to_owned(), code });
    if form.id.len() != 26 || !form.id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        fault("id", FaultCode::WrongType);
    }
    for (field, text, most) in [("subject", &form.subject, SUBJECT_MAX), ("body", &form.body, MESSAGE_MAX)] {
        let lines = field == "body";
        if says_nothing(text) {
            if !form.preview {
                fault(field, FaultCode::Required);
            }
        } else if text.chars().count() > most {
            fault(field, FaultCode::TooLong);
        } else if text.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\t'))) {
            fault(field, FaultCode::LineCharacters);
        }
    }
    if form.states.is_empty() {
        fault("states", FaultCode::Required);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(subject: &str, body: &str) -> MessageForm {
        MessageForm {
            id: "01JABCDEFGHJKMNPQRSTVWXYZ0".to_owned(),
            subject: subject.to_owned(),
            body: body.to_owned(),
            states: vec![RegistrationState::Enrolled],
            news: false,
            preview: false,
        }
    }

    fn told(form: &MessageForm) -> Vec<(String, FaultCode)> {
        check_message(form).into_iter().map(|fault| (fault.field, fault.code)).collect()
    }

    #[test]
    fn a_message_has_a_subject_in_one_line_and_a_text_in_many() {
        assert_eq!(told(&form("Сабақ ауысты", "Құрметті ата-аналар!\n\nСабақ сейсенбіде.")), []);
        let faults = [("subject".to_owned(), FaultCode::LineCharacters), ("body".to_owned(), FaultCode::Required)];
        assert_eq!(told(&form("Bcc:\nall", " \n")), faults);
        assert_eq!(told(&MessageForm { preview: true, ..form("", "") }), []);
        let nobody = MessageForm { states: vec![], id: "short".to_owned(), ..form("a", &"б".repeat(MESSAGE_MAX + 1)) };
        let faults = [("id", FaultCode::WrongType), ("body", FaultCode::TooLong), ("states", FaultCode::Required)];
        assert_eq!(told(&nobody), faults.map(|(field, code)| (field.to_owned(), code)));
    }
}
