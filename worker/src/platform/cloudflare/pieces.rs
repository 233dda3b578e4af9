//! Bodies that are made while they are sent: each piece when the runtime asks for it, so that no more is read from the database than
//! somebody takes, and no more is in memory than a piece or two.

use crate::platform::cloudflare::{runtime, task};
use axum::body::{Body, HttpBody};
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// A body between two askings.
enum State {
    /// It can be asked for more.
    Ready(Body),
    /// A piece is being made.
    AtWork,
    /// It has ended, or nobody wants the rest.
    Over,
}

/// Answers the runtime's call with this body.
pub fn respond(call: &JsValue, status: u16, lines: Option<&str>, body: Body) {
    let state = Rc::new(RefCell::new(State::Ready(body)));
    let next = Closure::<dyn Fn(JsValue)>::new(move |asked: JsValue| {
        let wanted = !asked.is_undefined();
        let before = state.replace(if wanted { State::AtWork } else { State::Over });
        match before {
            State::Ready(body) if wanted => {
                let state = Rc::clone(&state);
                task::begin(&asked.clone(), async move { settle(&asked, body, &state).await });
            }
            _ if wanted => runtime::done(&asked),
            _ => {}
        }
    });
    runtime::respond_in_pieces(call, status, lines, &next.into_js_value());
}

/// Settles the asking with the next piece.
async fn settle(asked: &JsValue, mut body: Body, state: &RefCell<State>) {
    let after = match piece(&mut body).await {
        Some(Ok(bytes)) => {
            runtime::give(asked, &bytes);
            State::Ready(body)
        }
        Some(Err(reason)) => {
            runtime::fail(asked, &reason);
            State::Over
        }
        None => {
            runtime::done(asked);
            State::Over
        }
    };
    // Nobody may want the rest any more.
    if matches!(*state.borrow(), State::AtWork) {
        state.replace(after);
    }
}

/// The next bytes; none at the end.
async fn piece(body: &mut Body) -> Option<Result<axum::body::Bytes, String>> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await? {
            Ok(frame) => {
                if let Ok(bytes) = frame.into_data()
                    && !bytes.is_empty()
                {
                    return Some(Ok(bytes));
                }
            }
            Err(error) => return Some(Err(error.to_string())),
        }
    }
}
