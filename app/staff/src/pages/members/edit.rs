//! The form of a staff member: a new one, or another role or centre for one there is.

use super::{Members, acts, first_password};
use crate::components::dialog::{self, Dialog};
use crate::components::form::Form;
use crate::fault_text::{role_name, role_note};
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::components::page_state::button;
use app::el::{El, p};
use domain::error::FaultCode;
use domain::language::Language;
use domain::staff::Acted;
use domain::staff::access::{FirstPassword, Role, StaffForm, StaffMember};
use leptos::prelude::*;

/// What is typed.
#[derive(Clone, Copy)]
struct Answers {
    name: RwSignal<String>,
    email: RwSignal<String>,
    role: RwSignal<String>,
    centre: RwSignal<String>,
    language: RwSignal<String>,
}

impl Answers {
    fn new(name: &str, email: &str, role: &str, centre: &str, language: &str) -> Self {
        let [name, email, role, centre, language] =
            [name, email, role, centre, language].map(|text| RwSignal::new(text.to_owned()));
        Self { name, email, role, centre, language }
    }

    /// The body, if the role is one.
    fn form(self) -> Option<StaffForm> {
        let centre = self.centre.get_untracked();
        Some(StaffForm {
            name: self.name.get_untracked().trim().to_owned(),
            email: self.email.get_untracked().trim().to_owned(),
            role: Role::parse(&self.role.get_untracked())?,
            centre: (!centre.is_empty()).then_some(centre),
            language: Language::parse(&self.language.get_untracked()).unwrap_or(Language::Kazakh),
        })
    }
}

/// Asks for a new member.
pub(super) fn add(session: Session, members: Members) {
    dialog::open(session.console(), move |dialog| {
        let (form, answers) = (Form::new("member"), Answers::new("", "", "", "", crate::text::language().as_str()));
        let form = view(session, dialog, form, answers, Text::MembersAdd, move |body| async move {
            let answer: FirstPassword = session.post("/api/staff/members", &body).await?;
            members.reload();
            first_password::show(session, &answer);
            Ok(())
        });
        vec![dialog.title(t(Text::MembersAddTitle)), form]
    });
}

/// Asks what is to be changed.
pub(super) fn change(session: Session, members: Members, member: &StaffMember) {
    let member = member.clone();
    dialog::open(session.console(), move |dialog| {
        let centre = member.centre.as_deref().unwrap_or_default();
        let answers = Answers::new(&member.name, &member.email, member.role.as_str(), centre, member.language.as_str());
        let path = ["/api/staff/members/", &member.id].concat();
        let form = view(session, dialog, Form::new("member"), answers, Text::ActionSave, move |body: StaffForm| {
            let path = path.clone();
            async move {
                let acted: Acted = session.put(&path, &body).await?;
                members.reload();
                session.acted(&fill(t(Text::MembersChangedSaid), &[("name", &body.name)]), acted);
                dialog.close();
                Ok(())
            }
        });
        let acts = acts::view(session, members, &member);
        [dialog.title(t(Text::MembersChangeTitle)), form].into_iter().chain(acts).collect()
    });
}

fn view<F>(
    session: Session,
    dialog: Dialog,
    form: Form,
    answers: Answers,
    submit: Text,
    send: impl Fn(StaffForm) -> F + Clone + 'static,
) -> El
where
    F: Future<Output = Result<(), app::api::Failure>> + 'static,
{
    let roles = Role::ALL.iter().map(|role| (role.as_str().to_owned(), role_name(*role).to_owned())).collect();
    let all = (String::new(), t(Text::FrameEveryCentre).to_owned());
    let centres = [all].into_iter().chain(session.centres()).collect();
    let languages = [(Language::Kazakh, "Қазақша"), (Language::Russian, "Русский"), (Language::English, "English")];
    let languages = languages.map(|(language, name)| (language.as_str().to_owned(), name.to_owned())).into();
    let note = app::el::el("div")
        .attr("role", "status")
        .live(move || Role::parse(&answers.role.get()).map(|role| p(role_note(role)).class("hint")).into_iter().collect());
    let fields = vec![
        form.field("name", Text::FieldName).input(answers.name),
        form.field("email", Text::FieldEmail).email(answers.email),
        form.field("role", Text::FieldRole).radios(answers.role, roles),
        note,
        form.field("centre", Text::FieldCentre).hint(t(Text::MembersCentreHint)).select(answers.centre, centres),
        form.field("language", Text::MembersLanguage).select(answers.language, languages),
    ];
    let cancel = button("button button--secondary", "cancel", t(Text::ActionCancel), move || dialog.close());
    form.view_with(fields, submit, crate::components::button::Weight::Main, vec![cancel], move || {
        let send = send.clone();
        async move {
            match answers.form() {
                None => form.refuse("role", FaultCode::Required),
                Some(body) if form.refuses(&body.faults()) => {}
                Some(body) => return send(body).await,
            }
            Ok(())
        }
    })
}
