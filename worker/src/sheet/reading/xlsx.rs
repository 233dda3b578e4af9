//! An XLSX file (ECMA-376), whichever program wrote it.

use super::Rows;
use super::markup::{Markup, Piece, attribute};
use super::packed::Packed;
use super::shared::SharedTexts;
use super::sheet::{self, Context};
use super::styles::Styles;
use domain::staff::exchange::FileFault;

/// What a part refers to.
struct Relationship {
    id: String,
    /// The last word of its type, which all versions of the standard share.
    kind: String,
    target: String,
}

/// Reads the rows of the first sheet in view.
pub fn read(file: &[u8], rows: &mut Rows) -> Result<(), FileFault> {
    let packed = Packed::open(file)?;
    let of_kind = |relationships: &[Relationship], kind: &str| {
        relationships.iter().find(|relationship| relationship.kind == kind).map(|relationship| relationship.target.clone())
    };
    // An archive of something else has no such part.
    let book = of_kind(&relationships(&packed, "")?, "officeDocument").ok_or(FileFault::NotASheet)?;
    let parts = relationships(&packed, &book)?;
    let (sheet, from_1904) = first_sheet(&packed, &book)?;
    let texts = match of_kind(&parts, "sharedStrings") {
        Some(path) => packed.part(&path)?.map(SharedTexts::read).transpose()?,
        None => None,
    };
    let styles = match of_kind(&parts, "styles") {
        Some(path) => packed.part(&path)?.map(Styles::read).transpose()?,
        None => None,
    };
    let context = Context { texts: texts.unwrap_or_default(), styles: styles.unwrap_or_default(), from_1904 };
    let path = parts.iter().find(|relationship| relationship.id == sheet).ok_or(FileFault::Broken)?;
    let part = packed.part(&path.target)?.ok_or(FileFault::Broken)?;
    sheet::read(part, &context, rows)
}

/// What the part at this path refers to, or the archive as a whole.
fn relationships(packed: &Packed<'_>, path: &str) -> Result<Vec<Relationship>, FileFault> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some(part) = packed.part(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(Vec::new()) };
    let mut markup = Markup::new(part);
    let mut found = Vec::new();
    loop {
        match markup.next()? {
            Piece::Open(element) if element.local_name().into_inner() == "Relationship" => {
                let text = |name| attribute(&element, name).map(Option::unwrap_or_default);
                let (target, kind) = (text("Target")?, text("Type")?);
                found.push(Relationship {
                    id: text("Id")?.into_owned(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    // A slash in front says that it is meant from the top.
                    target: if target.starts_with('/') { target.into_owned() } else { format!("{folder}/{target}") },
                });
            }
            Piece::End => return Ok(found),
            _ => {}
        }
    }
}

/// The relationship of the first sheet that isn't hidden, and whether days are counted from 1904.
fn first_sheet(packed: &Packed<'_>, book: &str) -> Result<(String, bool), FileFault> {
    let mut markup = Markup::new(packed.part(book)?.ok_or(FileFault::Broken)?);
    let mut from_1904 = false;
    loop {
        match markup.next()? {
            Piece::Open(element) => match element.local_name().into_inner() {
                "workbookPr" => from_1904 = matches!(attribute(&element, "date1904")?.as_deref(), Some("1" | "true")),
                "sheet" if matches!(attribute(&element, "state")?.as_deref(), None | Some("visible")) => {
                    let id = attribute(&element, "id")?.ok_or(FileFault::Broken)?;
                    return Ok((id.into_owned(), from_1904));
                }
                _ => {}
            },
            Piece::End => return Err(FileFault::Empty),
            Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
        }
    }
}
