//! Files that come piece by piece: how much is here is told while they come, and they can be called off.

use crate::session::Session;
use app::api::Failure;
use app::dom;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, BlobPropertyBag, HtmlAnchorElement, ReadableStreamDefaultReader, Url};

/// How long a connection may be silent, in milliseconds: between two pieces the server asks its database at most once.
const PATIENCE: u32 = 60_000;

/// How long the browser may still read a file that was handed over, in milliseconds.
const KEPT: u32 = 60_000;

/// How far a file has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// None was asked for.
    Nothing,
    /// It is on its way; so many bytes are here.
    Coming(u64),
    /// It was called off.
    CalledOff,
    /// It is among the downloads: so many bytes.
    Here(u64),
    /// It didn't come, or not to its end.
    Failed(Failure),
}

/// One file after another. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Download {
    session: Session,
    /// How far the present one has come.
    pub progress: RwSignal<Progress>,
    control: StoredValue<Option<AbortController>, LocalStorage>,
}

impl Download {
    /// Nothing yet.
    pub fn new(session: Session) -> Self {
        Self { session, progress: RwSignal::new(Progress::Nothing), control: StoredValue::new_local(None) }
    }

    /// Whether one is on its way. Reactive.
    pub fn is_coming(self) -> bool {
        self.progress.with(|progress| matches!(progress, Progress::Coming(_)))
    }

    fn is_waited_for(self) -> bool {
        self.progress.try_with_untracked(|progress| matches!(progress, Progress::Coming(_))) == Some(true)
    }

    /// Fetches the file of this address and hands it over to the browser under this name.
    pub fn start(self, path: String, name: String) {
        if untrack(|| self.is_coming()) {
            return;
        }
        let Ok(control) = AbortController::new() else { return };
        self.control.set_value(Some(control.clone()));
        self.progress.set(Progress::Coming(0));
        spawn_local(async move {
            let come = self.fetch(&path, &control).await;
            let end =
                match come.and_then(|(file, bytes)| hand_over(&file, &name).map_err(|_| Failure::Unreadable).map(|()| bytes)) {
                    Ok(bytes) => Progress::Here(bytes),
                    Err(failure) => Progress::Failed(failure),
                };
            if self.is_waited_for() {
                self.progress.set(end);
            }
        });
    }

    /// Calls it off.
    pub fn call_off(self) {
        if untrack(|| self.is_coming()) {
            self.progress.set(Progress::CalledOff);
            self.control.with_value(|control| control.iter().for_each(AbortController::abort));
        }
    }

    /// The whole file, and its length.
    async fn fetch(self, path: &str, control: &AbortController) -> Result<(Blob, u64), Failure> {
        let silence = Silence::watched(control);
        let come = self.read(path, control, &silence).await;
        silence.over();
        come.map_err(|failure| if silence.was_too_long() { Failure::Timeout } else { failure })
    }

    async fn read(self, path: &str, control: &AbortController, silence: &Silence) -> Result<(Blob, u64), Failure> {
        let response = self.session.open(path, &control.signal()).await?;
        let kind = response.headers().get("content-type").unwrap_or_default();
        let body = response.body().ok_or(Failure::Unreadable)?;
        let reader = ReadableStreamDefaultReader::new(&body).map_err(|_| Failure::Unreadable)?;
        let (pieces, mut bytes) = (Array::new(), 0);
        loop {
            let read = JsFuture::from(reader.read()).await.map_err(|_| Failure::Network)?;
            let part = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
            if part("done").is_truthy() {
                break;
            }
            let piece: Uint8Array = part("value").dyn_into().map_err(|_| Failure::Unreadable)?;
            bytes += u64::from(piece.length());
            pieces.push(&piece);
            silence.broken();
            // Nobody waits for a file that was called off, or whose page was left.
            if !self.is_waited_for() {
                control.abort();
                return Err(Failure::Network);
            }
            self.progress.set(Progress::Coming(bytes));
        }
        let options = BlobPropertyBag::new();
        options.set_type(&kind);
        let file = Blob::new_with_u8_array_sequence_and_options(&pieces, &options).map_err(|_| Failure::Unreadable)?;
        Ok((file, bytes))
    }
}

/// How long nothing has come; a silence that lasts ends the request.
#[derive(Clone)]
struct Silence(Rc<Cell<Heard>>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    Something,
    Nothing,
    TooLongNothing,
    /// The request has ended.
    Over,
}

impl Silence {
    fn watched(control: &AbortController) -> Self {
        let silence = Self(Rc::new(Cell::new(Heard::Nothing)));
        silence.clone().watch(control.clone());
        silence
    }

    fn watch(self, control: AbortController) {
        dom::later(PATIENCE, move || match self.0.get() {
            Heard::Something => {
                self.0.set(Heard::Nothing);
                self.watch(control);
            }
            Heard::Nothing => {
                self.0.set(Heard::TooLongNothing);
                control.abort();
            }
            Heard::TooLongNothing | Heard::Over => {}
        });
    }

    fn broken(&self) {
        self.0.set(Heard::Something);
    }

    fn over(&self) {
        if !self.was_too_long() {
            self.0.set(Heard::Over);
        }
    }

    fn was_too_long(&self) -> bool {
        self.0.get() == Heard::TooLongNothing
    }
}

/// Puts a file among the downloads.
fn hand_over(file: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(file)?;
    let document = dom::document().ok_or(JsValue::UNDEFINED)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Safari still reads the address after the click.
    dom::later(KEPT, move || drop(Url::revoke_object_url(&address)));
    Ok(())
}
