//! The answers of an application, by path.

use crate::word::words;

words! {
    /// One answer. The word is its path in the JSON of [`crate::application::ApplicationForm`].
    Field {
        /// Language of the form, in which letters are written.
        Language = "language",
        /// Who fills in.
        FilledBy = "filled_by",
        /// Birth date.
        BornOn = "student.born_on",
        /// Centre.
        Centre = "centre",
        /// One to three tracks.
        Tracks = "tracks",
        /// Schedule.
        Cohort = "cohort",
        /// Surname.
        StudentSurname = "student.surname",
        /// Given name.
        StudentGivenName = "student.given_name",
        /// Patronymic, when there is one.
        StudentPatronymic = "student.patronymic",
        /// School.
        School = "student.school",
        /// Class at school.
        Grade = "student.grade",
        /// Individual identification number.
        Iin = "student.iin",
        /// Brothers and sisters.
        Siblings = "siblings",
        /// Relation to the student.
        GuardianRelation = "guardian.relation",
        /// Surname.
        GuardianSurname = "guardian.surname",
        /// Given name.
        GuardianGivenName = "guardian.given_name",
        /// Patronymic, when there is one.
        GuardianPatronymic = "guardian.patronymic",
        /// Telephone.
        GuardianPhone = "guardian.phone",
        /// E-mail.
        GuardianEmail = "guardian.email",
        /// Relation to the student.
        SecondRelation = "second_guardian.relation",
        /// Surname.
        SecondSurname = "second_guardian.surname",
        /// Given name.
        SecondGivenName = "second_guardian.given_name",
        /// Patronymic, when there is one.
        SecondPatronymic = "second_guardian.patronymic",
        /// Telephone.
        SecondPhone = "second_guardian.phone",
        /// E-mail.
        SecondEmail = "second_guardian.email",
        /// Version of the consent text.
        ConsentVersion = "consent.version",
        /// Purposes consented to.
        ConsentPurposes = "consent.purposes",
        /// The student's own acceptance.
        Acceptance = "consent.student_accepts",
    }
}

/// The fields of one guardian's block.
#[derive(Debug, Clone, Copy)]
pub struct GuardianFields {
    /// Relation.
    pub relation: Field,
    /// Surname.
    pub surname: Field,
    /// Given name.
    pub given_name: Field,
    /// Patronymic.
    pub patronymic: Field,
    /// Telephone.
    pub phone: Field,
    /// E-mail.
    pub email: Field,
}

/// The block of the guardian who must be named.
pub const FIRST_GUARDIAN: GuardianFields = GuardianFields {
    relation: Field::GuardianRelation,
    surname: Field::GuardianSurname,
    given_name: Field::GuardianGivenName,
    patronymic: Field::GuardianPatronymic,
    phone: Field::GuardianPhone,
    email: Field::GuardianEmail,
};

/// The block of the guardian who may be named.
pub const SECOND_GUARDIAN: GuardianFields = GuardianFields {
    relation: Field::SecondRelation,
    surname: Field::SecondSurname,
    given_name: Field::SecondGivenName,
    patronymic: Field::SecondPatronymic,
    phone: Field::SecondPhone,
    email: Field::SecondEmail,
};
