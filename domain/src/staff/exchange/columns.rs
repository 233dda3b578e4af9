//! The columns of every file, and what they are called in the three languages.

use crate::language::Language;
use crate::word::words;

/// Declares the columns of one file, in their order: machine word, then headings in Kazakh, Russian and English.
macro_rules! columns {
    ($(#[$meta:meta])* $name:ident { $($(#[$column_meta:meta])* $column:ident = $word:literal : $kk:literal, $ru:literal, $en:literal;)+ }) => {
        words! {
            $(#[$meta])*
            $name { $($(#[$column_meta])* $column = $word),+ }
        }

        impl $name {
            const fn headings(self) -> [&'static str; 3] {
                match self { $(Self::$column => [$kk, $ru, $en]),+ }
            }

            /// What the column is called.
            pub const fn heading(self, language: Language) -> &'static str {
                let [kk, ru, en] = self.headings();
                match language {
                    Language::Kazakh => kk,
                    Language::Russian => ru,
                    Language::English => en,
                }
            }
        }

        impl Column for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn word(self) -> &'static str {
                self.as_str()
            }

            fn recognise(heading: &str) -> Option<Self> {
                let heading = plain(heading);
                let mut columns = Self::ALL.iter().copied();
                columns.find(|column| column.headings().iter().any(|known| plain(known) == heading) || column.as_str() == heading)
            }
        }
    };
}

/// The columns of one kind of file.
pub trait Column: Copy + PartialEq + 'static {
    /// Every column, in order.
    fn all() -> &'static [Self];

    /// The machine word, by which a fault names the column.
    fn word(self) -> &'static str;

    /// The column with this heading, in whichever of the three languages; none for any other text.
    fn recognise(heading: &str) -> Option<Self>;
}

/// A heading as it is compared: case, doubled spaces, line breaks, and signs at its end don't matter.
fn plain(heading: &str) -> String {
    let spaced = heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    spaced.trim_end_matches([':', '*', '.', ' ']).to_owned()
}

columns! {
    /// The long sheet of attendance: a row for each student and session.
    AttendanceColumn {
        /// City.
        City = "city": "Қала", "Город", "City";
        /// Centre.
        Centre = "centre": "Орталық", "Центр", "Centre";
        /// Cohort.
        Cohort = "cohort": "Топ", "Группа", "Group";
        /// Day of the session.
        Date = "date": "Күні", "Дата", "Date";
        /// Start of the session.
        Start = "start": "Басталуы", "Начало", "Start";
        /// End of the session.
        End = "end": "Аяқталуы", "Окончание", "End";
        /// The student's number.
        Student = "student": "Оқушы нөмірі", "Номер ученика", "Student number";
        /// Surname.
        Surname = "surname": "Тегі", "Фамилия", "Surname";
        /// Given name.
        GivenName = "given_name": "Аты", "Имя", "Given name";
        /// Patronymic.
        Patronymic = "patronymic": "Әкесінің аты", "Отчество", "Patronymic";
        /// Chosen tracks.
        Tracks = "tracks": "Бағыттары", "Направления", "Tracks";
        /// Present, late, excused, absent or not marked.
        Status = "status": "Қатысуы", "Посещение", "Attendance";
        /// How late.
        MinutesLate = "minutes_late": "Кешігуі, мин", "Опоздание, мин", "Minutes late";
        /// Why excused.
        Reason = "reason": "Себебі", "Причина", "Reason";
        /// Who marked.
        MarkedBy = "marked_by": "Кім белгіледі", "Кто отметил", "Marked by";
        /// When it was marked.
        MarkedAt = "marked_at": "Қашан белгіленді", "Когда отмечено", "Marked at";
        /// Who corrected the mark last.
        CorrectedBy = "corrected_by": "Кім түзетті", "Кто исправил", "Corrected by";
        /// When it was corrected last.
        CorrectedAt = "corrected_at": "Қашан түзетілді", "Когда исправлено", "Corrected at";
        /// Whether the session was called off.
        Cancelled = "cancelled": "Сабақ болмады", "Занятие отменено", "Session cancelled";
    }
}

columns! {
    /// What stands beside the dates in a sheet of one cohort, students down and dates across.
    RegisterColumn {
        /// The student's number.
        Student = "student": "Оқушы нөмірі", "Номер ученика", "Student number";
        /// Surname.
        Surname = "surname": "Тегі", "Фамилия", "Surname";
        /// Given name.
        GivenName = "given_name": "Аты", "Имя", "Given name";
        /// How often present, after the dates.
        Present = "present": "Қатысты", "Присутствие", "Present";
        /// How often late.
        Late = "late": "Кешікті", "Опоздание", "Late";
        /// How often excused.
        Excused = "excused": "Себепті келмеді", "Уважительная причина", "Excused";
        /// How often absent.
        Absent = "absent": "Келмеді", "Отсутствие", "Absent";
        /// How often not marked.
        NotMarked = "not_marked": "Белгіленбеген", "Не отмечено", "Not marked";
    }
}

columns! {
    /// The roster: a row for each registration.
    RosterColumn {
        /// City.
        City = "city": "Қала", "Город", "City";
        /// Centre.
        Centre = "centre": "Орталық", "Центр", "Centre";
        /// Cohort.
        Cohort = "cohort": "Топ", "Группа", "Group";
        /// The student's number.
        Student = "student": "Оқушы нөмірі", "Номер ученика", "Student number";
        /// Surname.
        Surname = "surname": "Тегі", "Фамилия", "Surname";
        /// Given name.
        GivenName = "given_name": "Аты", "Имя", "Given name";
        /// Patronymic.
        Patronymic = "patronymic": "Әкесінің аты", "Отчество", "Patronymic";
        /// Birth date.
        BornOn = "born_on": "Туған күні", "Дата рождения", "Birth date";
        /// School.
        School = "school": "Мектебі", "Школа", "School";
        /// Class at school.
        Grade = "grade": "Сыныбы", "Класс", "Class";
        /// Chosen tracks.
        Tracks = "tracks": "Бағыттары", "Направления", "Tracks";
        /// State of the registration.
        State = "state": "Күйі", "Состояние", "State";
        /// Since when the student has the seat.
        EnrolledSince = "enrolled_since": "Қай күннен оқиды", "Зачислен с", "Enrolled since";
        /// Name of the main contact.
        FirstName = "guardian_1_name": "1-өкілінің аты-жөні", "Представитель 1: ФИО", "Guardian 1: name";
        /// Relation of the main contact to the student.
        FirstRelation = "guardian_1_relation": "1-өкілі кім болады", "Представитель 1: кем приходится", "Guardian 1: relation";
        /// Telephone of the main contact.
        FirstPhone = "guardian_1_phone": "1-өкілінің телефоны", "Представитель 1: телефон", "Guardian 1: phone";
        /// E-mail of the main contact.
        FirstEmail = "guardian_1_email": "1-өкілінің поштасы", "Представитель 1: почта", "Guardian 1: e-mail";
        /// Name of the other guardian.
        SecondName = "guardian_2_name": "2-өкілінің аты-жөні", "Представитель 2: ФИО", "Guardian 2: name";
        /// Relation of the other guardian to the student.
        SecondRelation = "guardian_2_relation": "2-өкілі кім болады", "Представитель 2: кем приходится", "Guardian 2: relation";
        /// Telephone of the other guardian.
        SecondPhone = "guardian_2_phone": "2-өкілінің телефоны", "Представитель 2: телефон", "Guardian 2: phone";
        /// E-mail of the other guardian.
        SecondEmail = "guardian_2_email": "2-өкілінің поштасы", "Представитель 2: почта", "Guardian 2: e-mail";
    }
}

columns! {
    /// An import of students.
    StudentColumn {
        /// Cohort, by its identifier or label.
        Cohort = "cohort": "Топ", "Группа", "Group";
        /// Surname.
        Surname = "surname": "Тегі", "Фамилия", "Surname";
        /// Given name.
        GivenName = "given_name": "Аты", "Имя", "Given name";
        /// Patronymic, when there is one.
        Patronymic = "patronymic": "Әкесінің аты", "Отчество", "Patronymic";
        /// Birth date.
        BornOn = "born_on": "Туған күні", "Дата рождения", "Birth date";
        /// School (optional).
        School = "school": "Мектебі", "Школа", "School";
        /// Class at school (optional).
        Grade = "grade": "Сыныбы", "Класс", "Class";
        /// One to three tracks, with commas between them.
        Tracks = "tracks": "Бағыттары", "Направления", "Tracks";
        /// Surname of the guardian.
        GuardianSurname = "guardian_surname": "Өкілінің тегі", "Фамилия представителя", "Guardian's surname";
        /// Given name of the guardian.
        GuardianGivenName = "guardian_given_name": "Өкілінің аты", "Имя представителя", "Guardian's given name";
        /// Patronymic of the guardian, when there is one.
        GuardianPatronymic = "guardian_patronymic": "Өкілінің әкесінің аты", "Отчество представителя", "Guardian's patronymic";
        /// What the guardian is to the student.
        Relation = "relation": "Оқушыға кім болады", "Кем приходится ученику", "Relation to the student";
        /// Telephone of the guardian.
        Phone = "phone": "Телефоны", "Телефон", "Phone";
        /// E-mail of the guardian (optional).
        Email = "email": "Электрондық поштасы", "Электронная почта", "E-mail";
    }
}

columns! {
    /// An import of cohorts.
    CohortColumn {
        /// Centre, by its identifier or name, or by its city where it is the only one there.
        Centre = "centre": "Орталық", "Центр", "Centre";
        /// What staff call the cohort (optional).
        Label = "label": "Топ атауы", "Название группы", "Group name";
        /// Number of seats.
        Seats = "seats": "Орын саны", "Число мест", "Seats";
        /// Tracks on offer, with commas between them.
        Tracks = "tracks": "Бағыттары", "Направления", "Tracks";
        /// Weekday of the first weekly meeting.
        FirstDay = "day_1": "1-күн", "День 1", "Day 1";
        /// Its start.
        FirstStart = "start_1": "1-күннің басталуы", "Начало 1", "Start 1";
        /// Its end.
        FirstEnd = "end_1": "1-күннің аяқталуы", "Окончание 1", "End 1";
        /// Weekday of the second one.
        SecondDay = "day_2": "2-күн", "День 2", "Day 2";
        /// Its start.
        SecondStart = "start_2": "2-күннің басталуы", "Начало 2", "Start 2";
        /// Its end.
        SecondEnd = "end_2": "2-күннің аяқталуы", "Окончание 2", "End 2";
        /// Weekday of the third one.
        ThirdDay = "day_3": "3-күн", "День 3", "Day 3";
        /// Its start.
        ThirdStart = "start_3": "3-күннің басталуы", "Начало 3", "Start 3";
        /// Its end.
        ThirdEnd = "end_3": "3-күннің аяқталуы", "Окончание 3", "End 3";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_heading_leads_back<C: Column + std::fmt::Debug>(heading: fn(C, Language) -> &'static str) {
        for column in C::all() {
            for language in Language::ALL {
                let text = heading(*column, *language);
                assert_eq!(C::recognise(text), Some(*column), "{text}");
                assert_eq!(C::recognise(&format!(" {} *", text.to_uppercase())), Some(*column), "{text}");
            }
            assert_eq!(C::recognise(column.word()), Some(*column));
        }
    }

    #[test]
    fn every_heading_in_every_language_names_one_column_only() {
        every_heading_leads_back(AttendanceColumn::heading);
        every_heading_leads_back(RegisterColumn::heading);
        every_heading_leads_back(RosterColumn::heading);
        every_heading_leads_back(StudentColumn::heading);
        every_heading_leads_back(CohortColumn::heading);
    }

    #[test]
    fn the_sheets_are_as_wide_as_agreed() {
        assert_eq!(AttendanceColumn::ALL.len(), 19);
        assert_eq!(RosterColumn::ALL.len(), 21);
    }
}
