//! Letters in English.

use super::voice::{Frame, Offer, Voice, numbered};
use crate::store::outbox::Kind;
use domain::date::Date;
use domain::language::Language;

pub struct English;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn hours(number: u32) -> String {
    let noun = if Language::English.plural_form(number) == 0 { "hour" } else { "hours" };
    format!("{number} {noun}")
}

impl Voice for English {
    fn language(&self) -> Language {
        Language::English
    }

    fn frame(&self) -> Frame {
        Frame {
            greeting: "Hello,",
            number: "Reference number",
            page: "Your private page",
            secret: "Keep this link to yourself: whoever has it can see and change the application.",
        }
    }

    fn subject(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Registered => "your application is in",
            Kind::LinkAgain => "the link to your page",
            Kind::Offered => "a seat is held for you, please answer",
            Kind::OfferReminder => "your seat is held only a little longer",
            Kind::Seated => "the seat is yours",
            Kind::Returned => "no answer: you are back on the waiting list",
            Kind::Lapsed => "no answer: your waiting has ended",
            Kind::Removed => "the centre has ended a registration",
            Kind::Withdrawn => "you gave up a registration",
            Kind::Restored => "the centre has restored your registration",
            Kind::Transferred => "the centre has moved the student to another group",
            Kind::TracksChanged => "the centre has changed the student's tracks",
            Kind::Message => "a message from the centre",
        }
    }

    fn day(&self, date: Date) -> String {
        format!("{} {}", date.day(), numbered(&MONTHS, date.month() as usize))
    }

    fn weekday(&self, weekday: u8) -> &'static str {
        numbered(&WEEKDAYS, weekday.into())
    }

    fn decided(&self, place: Option<u32>) -> String {
        match place {
            None => "The seat is yours.".to_owned(),
            Some(place) => format!("You are on the waiting list, place {place}. We will write when a seat is free."),
        }
    }

    fn sessions_start(&self, on: Option<Date>) -> String {
        match on {
            Some(on) => format!("Sessions start in the week of {}.", self.day(on)),
            None => "Sessions have begun: the day of the first one is on your private page.".to_owned(),
        }
    }

    fn link_again(&self) -> &'static str {
        "Somebody tried to register this student again. The student is registered already; nothing has changed."
    }

    fn offered(&self, offer: &Offer, again: bool) -> String {
        let (until, hours) = (&offer.until, hours(offer.hours));
        match (again, offer.together) {
            (false, false) => format!("A seat has become free. It is held for you for {hours}: until {until} (Astana time)."),
            (false, true) => format!("Seats have become free. They are held for you for {hours}: until {until} (Astana time)."),
            (true, false) => format!("A reminder: a seat is held for you until {until} (Astana time)."),
            (true, true) => format!("A reminder: seats are held for you until {until} (Astana time)."),
        }
    }

    fn answer(&self, offer: &Offer) -> Vec<String> {
        let mut told = vec![if offer.together {
            "Accept or decline them on your private page. One answer stands for all students.".to_owned()
        } else {
            "Accept or decline it on your private page.".to_owned()
        }];
        if offer.seat_elsewhere {
            told.push("If you accept, the seat the student has in another group becomes free.".to_owned());
        }
        told.push(match offer.returns_to {
            Some(place) => format!(
                "If you don't answer in time, the offer goes to the next family, and your application returns to place {place} of the \
                 waiting list (to its end, if it is shorter). That happens only once: if a second offer isn't answered either, your \
                 waiting for this group ends."
            ),
            None => "This is the second offer. If you don't answer in time, it goes to the next family, and your waiting for this \
                     group ends."
                .to_owned(),
        });
        told
    }

    fn seated(&self) -> &'static str {
        "A seat has become free and is yours at once, as you asked:"
    }

    fn returned(&self, place: Option<u32>) -> String {
        let now = match place {
            Some(place) => format!("Your application is back on the waiting list, now at place {place}."),
            None => "Your application is back on the waiting list.".to_owned(),
        };
        format!(
            "A seat was held for you, but there was no answer in time. {now} If the next offer isn't answered either, your waiting \
             for this group ends."
        )
    }

    fn lapsed(&self) -> &'static str {
        "The second offer was not answered in time either. Your waiting for this group has ended, and the seat is offered to the next \
         family. On your private page you can join another group or this waiting list again."
    }

    fn removed(&self) -> &'static str {
        "The centre has ended this registration:"
    }

    fn withdrawn(&self) -> &'static str {
        "On your private page you gave up this registration; it is over:"
    }

    fn restored(&self) -> &'static str {
        "The centre has restored a registration that it had ended:"
    }

    fn transferred(&self, seat: bool) -> &'static str {
        if seat {
            "The centre has moved the student to another group, and out of the old one. Sessions are now here:"
        } else {
            "The centre has moved your application from the waiting list of one group to that of another. You now wait for this group:"
        }
    }

    fn tracks_changed(&self) -> &'static str {
        "The centre has changed the student's tracks. The group and your place are as they were:"
    }

    fn tracks_now(&self) -> &'static str {
        "Tracks now"
    }

    fn written_to(&self) -> &'static str {
        "The centre wrote this letter to the families of this group:"
    }

    fn not_you(&self) -> &'static str {
        "If that wasn't you, call the centre and tell the reference number."
    }

    fn reason(&self) -> &'static str {
        "Reason"
    }
}
