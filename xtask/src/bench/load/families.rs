//! Applications of made-up families, as whole HTTP requests. No two have a name, a telephone or a key in common.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// What an application names of the catalogue.
#[derive(Debug)]
pub struct Catalogue {
    /// The cohorts families may choose, with their centre and the tracks they offer.
    pub cohorts: Vec<(String, String, Vec<String>)>,
    /// The consent text in force.
    pub version: String,
    /// The purposes one has to agree to.
    pub required: Vec<String>,
    /// The day on which ages are counted.
    pub first_session_on: String,
}

impl Catalogue {
    /// Reads the answer of `GET /api/catalogue`, leaving out cohorts that `wanted` doesn't want.
    ///
    /// # Errors
    /// When it has another form than expected, or no cohort is left.
    pub fn read(answer: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Self> {
        let answer: Value = serde_json::from_slice(answer).context("the catalogue is no JSON")?;
        let texts =
            |value: &Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let text = |value: &Value| value.as_str().map(str::to_owned).context("the catalogue lacks something");
        let mut cohorts = Vec::new();
        for cohort in answer["cohorts"].as_array().into_iter().flatten() {
            let id = text(&cohort["id"])?;
            if wanted(&id) {
                cohorts.push((id, text(&cohort["centre"])?, texts(&cohort["tracks"])));
            }
        }
        ensure!(!cohorts.is_empty(), "the catalogue has no cohort to apply for");
        let consent = &answer["consent"];
        let purposes = consent["purposes"].as_array().into_iter().flatten().filter(|purpose| purpose["required"] == true);
        Ok(Self {
            cohorts,
            version: text(&consent["version"])?,
            required: purposes.filter_map(|purpose| purpose["id"].as_str()).map(str::to_owned).collect(),
            first_session_on: text(&answer["intake"]["first_session_on"])?,
        })
    }
}

/// One family's application.
#[derive(Debug)]
pub struct Family {
    /// The request, head and body.
    pub request: Vec<u8>,
}

/// Makes families. Their keys begin with the moment of making, so that two crowds at one server don't share any.
#[derive(Debug)]
pub struct Families<'a> {
    catalogue: &'a Catalogue,
    stem: String,
    made: usize,
}

impl<'a> Families<'a> {
    /// Families for this catalogue.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        Self { catalogue, stem: format!("bench-{now:x}"), made: 0 }
    }

    /// The next families: spread evenly over the cohorts, neighbours in different ones.
    ///
    /// # Errors
    /// When a form has no JSON form, which doesn't happen.
    pub fn take(&mut self, count: usize) -> Result<Vec<Family>> {
        (0..count)
            .map(|_| {
                let family = self.family(self.made);
                self.made += 1;
                family
            })
            .collect()
    }

    fn family(&self, number: usize) -> Result<Family> {
        let cohorts = &self.catalogue.cohorts;
        let (cohort, centre, tracks) = cohorts.get(number % cohorts.len()).context("a cohort")?;
        let year: i32 = self.catalogue.first_session_on.get(..4).and_then(|year| year.parse().ok()).context("a year")?;
        // Twelve at the youngest, seventeen at the oldest, whatever the day.
        let born = json!({
            "day": (number % 28 + 1).to_string(),
            "month": (number % 12 + 1).to_string(),
            "year": (year - 13 - (number % 4) as i32).to_string(),
        });
        let name = |beginning: &str| format!("{beginning}{}", letters(number));
        let guardian = |relation: &str, line: usize, email: bool| {
            json!({
                "surname": name("Нұрлан"),
                "given_name": name("Гүлнәр"),
                "relation": relation,
                "phone": format!("8 70{line} {:03} {:02} {:02}", 100 + number / 10_000, number / 100 % 100, number % 100),
                "email": if email { format!("family{number}@mail.example") } else { String::new() },
            })
        };
        let form = json!({
            "language": (["kk", "ru", "en"].get(number % 3)),
            "filled_by": "guardian",
            "centre": centre,
            "tracks": tracks.iter().take(1 + number % 3).collect::<Vec<_>>(),
            "cohort": cohort,
            "student": { "born_on": born, "surname": name("Қуаныш"), "given_name": name("Әйгерім"), "school": "№ 12 мектеп", "grade": "8" },
            "guardian": guardian("mother", 1, number.is_multiple_of(3)),
            "second_guardian": number.is_multiple_of(5).then(|| guardian("father", 5, false)),
            "consent": { "version": self.catalogue.version, "purposes": self.catalogue.required, "student_accepts": true },
        });
        let body = serde_json::to_vec(&form)?;
        let mut request = format!(
            "POST /api/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Idempotency-Key: {}-{number}\r\nContent-Length: {}\r\n\r\n",
            self.stem,
            body.len(),
        )
        .into_bytes();
        request.extend_from_slice(&body);
        Ok(Family { request })
    }
}

/// A number in letters: names have no digits.
pub fn letters(number: usize) -> String {
    const LETTERS: [char; 10] = ['а', 'б', 'д', 'е', 'к', 'л', 'м', 'н', 'о', 'р'];
    number.to_string().bytes().filter_map(|digit| LETTERS.get(usize::from(digit - b'0'))).collect()
}
