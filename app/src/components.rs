//! The pieces pages are made of. Each gives a finished view, so a page is a list of pieces and costs the phone little code.

pub mod by_and_by;
pub mod check_box;
pub mod cohort_card;
pub mod cohort_choice;
pub mod date_fields;
pub mod heading;
pub mod page_fault;
pub mod page_state;
pub mod person;
pub mod question;
pub mod radio;
pub mod seats;
pub mod shell;
pub mod summary;
pub mod text_field;
