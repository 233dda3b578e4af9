//! Cutting a module in two: what the first page needs, and what is loaded later.
//!
//! Functions call each other directly or through the table of functions. Which places of the table only the later part needs is told by
//! `Linked`; what else belongs there follows: whatever the first part can't reach without them. The cut is made after wasm-opt, so
//! that it costs next to nothing. The later part calls the first one by its exports, and hooks itself into the same memory and
//! the same table.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, GlobalKind, ImportKind, ImportedFunction,
    Module, TableId, passes,
};

/// The name under which the later part imports the exports of the first.
const FIRST: &str = "first";

/// A module in two parts.
pub struct Parts {
    /// What is loaded at once.
    pub first: Vec<u8>,
    /// What is instantiated later, with the exports of the first as its imports.
    pub later: Vec<u8>,
}

/// The module without these places of the table of functions, and without what only they need.
pub fn without(wasm: &[u8], unneeded: &BTreeSet<u32>) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm)?;
    keep_entries(&mut module, |place, _| !unneeded.contains(&place))?;
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// Cuts the module `whole`: these places of the table of functions go into the later part.
///
/// # Errors
/// When nothing would be loaded later: the first part calls into it directly.
pub fn split(whole: &[u8], places: &BTreeSet<u32>) -> Result<Parts> {
    let mut first = Module::from_buffer(whole)?;
    let stays = reached(&first, places)?;
    let mut later = Module::from_buffer(whole)?;
    let goes: BTreeSet<usize> = later.funcs.iter_local().map(|(id, _)| id.index()).filter(|id| !stays.contains(id)).collect();
    ensure!(!goes.is_empty(), "nothing is left to be loaded later: what should be is called directly");
    let shared = keep_later(&mut later, &goes)?;
    keep_first(&mut first, &goes, &shared)?;
    Ok(Parts { first: first.emit_wasm(), later: later.emit_wasm() })
}

/// The table of functions.
fn entries(module: &Module) -> Result<BTreeMap<u32, FunctionId>> {
    let mut found = BTreeMap::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) = (&element.kind, &element.items) else {
            continue;
        };
        for (place, id) in (start(offset)?..).zip(functions) {
            found.insert(place, *id);
        }
    }
    Ok(found)
}

fn start(offset: &ConstExpr) -> Result<u32> {
    match offset {
        ConstExpr::Value(Value::I32(offset)) => Ok(u32::try_from(*offset)?),
        _ => bail!("a piece of the table begins at a place that isn't known"),
    }
}

/// The functions that are reached from outside and through the table, but for these places of it.
fn reached(module: &Module, without: &BTreeSet<u32>) -> Result<BTreeSet<usize>> {
    let mut open: Vec<FunctionId> = module.start.into_iter().collect();
    open.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }));
    open.extend(entries(module)?.into_iter().filter(|(place, _)| !without.contains(place)).map(|(_, id)| id));
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !reached.insert(id.index()) {
            continue;
        }
        if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
            let mut calls = Calls(&mut open);
            dfs_in_order(&mut calls, function, function.entry_block());
        }
    }
    Ok(reached)
}

struct Calls<'a>(&'a mut Vec<FunctionId>);

impl Visitor<'_> for Calls<'_> {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.push(*id);
    }
}

/// Leaves of the module only the functions that go. Gives back what they take from the first part, and under which names.
fn keep_later(module: &mut Module, goes: &BTreeSet<usize>) -> Result<Vec<(ImportKind, String)>> {
    module.start = None;
    let taken: BTreeSet<String> = module.exports.iter().map(|export| export.name.clone()).collect();
    for id in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    for id in module.imports.iter().map(walrus::Import::id).collect::<Vec<_>>() {
        module.imports.delete(id);
    }
    keep_entries(module, |_, id| goes.contains(&id.index()))?;
    for id in module.funcs.iter().map(walrus::Function::id).filter(|id| !goes.contains(&id.index())).collect::<Vec<_>>() {
        let import = module.imports.add(FIRST, "", ImportKind::Function(id));
        let function = module.funcs.get_mut(id);
        function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
    }
    for id in module.globals.iter().map(walrus::Global::id).collect::<Vec<_>>() {
        module.globals.get_mut(id).kind = GlobalKind::Import(module.imports.add(FIRST, "", ImportKind::Global(id)));
    }
    for id in module.tables.iter().map(walrus::Table::id).collect::<Vec<_>>() {
        module.tables.get_mut(id).import = Some(module.imports.add(FIRST, "", ImportKind::Table(id)));
    }
    for id in module.memories.iter().map(walrus::Memory::id).collect::<Vec<_>>() {
        let import = module.imports.add(FIRST, "", ImportKind::Memory(id));
        let memory = module.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
    passes::gc::run(module);
    let names = (0..).map(short).filter(|name| !taken.contains(name));
    let shared = module.imports.iter_mut().zip(names).map(|(import, name)| {
        import.name.clone_from(&name);
        (import.kind.clone(), name)
    });
    Ok(shared.collect())
}

/// Takes out of the module the functions that go, and opens what they share with it.
fn keep_first(module: &mut Module, goes: &BTreeSet<usize>, shared: &[(ImportKind, String)]) -> Result<()> {
    keep_entries(module, |_, id| !goes.contains(&id.index()))?;
    for (kind, name) in shared {
        // Nothing of these kinds has been taken out yet: each still has its place.
        let item = match kind {
            ImportKind::Function(id) => module.funcs.iter().nth(id.index()).map(|it| ExportItem::Function(it.id())),
            ImportKind::Global(id) => module.globals.iter().nth(id.index()).map(|it| ExportItem::Global(it.id())),
            ImportKind::Table(id) => module.tables.iter().nth(id.index()).map(|it| ExportItem::Table(it.id())),
            ImportKind::Memory(id) => module.memories.iter().nth(id.index()).map(|it| ExportItem::Memory(it.id())),
            ImportKind::Tag(_) => bail!("the later part would throw and catch exceptions"),
        };
        module.exports.add(name, item.context("the first part hasn't what the later one takes from it")?);
    }
    passes::gc::run(module);
    let left = module.funcs.iter_local().any(|(id, _)| goes.contains(&id.index()));
    ensure!(!left, "the first part calls the later one directly");
    Ok(())
}

/// Leaves of the table of functions only what `keep` says, in as many pieces as that takes.
fn keep_entries(module: &mut Module, keep: impl Fn(u32, FunctionId) -> bool) -> Result<()> {
    let segments: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for segment in segments {
        let element = module.elements.get(segment);
        let (ElementKind::Active { table, offset }, ElementItems::Functions(functions)) = (&element.kind, &element.items)
        else {
            continue;
        };
        let (table, pieces) = (*table, pieces(start(offset)?, functions, &keep)?);
        module.elements.delete(segment);
        module.tables.get_mut(table).elem_segments.remove(&segment);
        for (offset, functions) in pieces {
            add_piece(module, table, offset, functions)?;
        }
    }
    Ok(())
}

fn pieces(start: u32, functions: &[FunctionId], keep: impl Fn(u32, FunctionId) -> bool) -> Result<Vec<(u32, Vec<FunctionId>)>> {
    let mut pieces: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (place, id) in (start..).zip(functions).filter(|(place, id)| keep(*place, **id)) {
        match pieces.last_mut() {
            Some((offset, piece)) if *offset + u32::try_from(piece.len())? == place => piece.push(*id),
            _ => pieces.push((place, vec![*id])),
        }
    }
    Ok(pieces)
}

fn add_piece(module: &mut Module, table: TableId, offset: u32, functions: Vec<FunctionId>) -> Result<()> {
    let offset = ConstExpr::Value(Value::I32(i32::try_from(offset)?));
    let id = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(id);
    Ok(())
}

/// A short name: `a` to `z`, then `ab` and so on.
fn short(number: usize) -> String {
    const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let mut rest = number;
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[rest % 26]));
        rest /= 26;
        if rest == 0 {
            return name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `main` calls the first place of the table by itself, the second through the other part; `twice` is what both need.
    const WHOLE: &str = r#"(module
        (type $number (func (result i32)))
        (import "host" "told" (func $told (param i32)))
        (memory (export "memory") 1)
        (global $depth (mut i32) (i32.const 7))
        (table 4 funcref)
        (elem (i32.const 1) func $early $late $later)
        (data (i32.const 8) "kept")
        (func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
        (func $early (type $number) (call $twice (i32.const 1)))
        (func $alone (result i32) (call $told (i32.const 3)) (call $twice (global.get $depth)))
        (func $late (type $number) (call $alone))
        (func $later (type $number) (i32.load (i32.const 8)))
        (func (export "a") (param i32) (result i32) (call_indirect (type $number) (local.get 0))))"#;

    #[test]
    fn what_nobody_needs_is_in_neither_part() {
        let parts = split(&without(&wat::parse_str(WHOLE).unwrap(), &[2].into()).unwrap(), &[3].into()).unwrap();
        let (first, later) = (Module::from_buffer(&parts.first).unwrap(), Module::from_buffer(&parts.later).unwrap());
        // Without `late` there is no `alone`, and nobody is `told`.
        assert_eq!((names(&first), names(&later).1), ((vec![], 3), 1));
    }

    fn names(module: &Module) -> (Vec<&str>, usize) {
        (module.imports.iter().map(|import| import.module.as_str()).collect(), module.funcs.iter_local().count())
    }

    #[test]
    fn what_only_these_places_need_goes_into_the_later_part() {
        let parts = split(&wat::parse_str(WHOLE).unwrap(), &[2, 3].into()).unwrap();
        let (first, later) = (Module::from_buffer(&parts.first).unwrap(), Module::from_buffer(&parts.later).unwrap());
        // `twice`, `early` and what is exported as `a`.
        assert_eq!(names(&first), (vec!["host"], 3));
        assert_eq!(entries(&first).unwrap().into_keys().collect::<Vec<_>>(), [1]);
        // `alone`, `late` and `later`, with `told`, `twice`, the global, the table and the memory of the first.
        assert_eq!(names(&later), (vec![FIRST; 5], 3));
        assert_eq!(entries(&later).unwrap().into_keys().collect::<Vec<_>>(), [2, 3]);
        assert_eq!((first.data.iter().count(), later.data.iter().count()), (1, 0));
        for import in later.imports.iter() {
            assert!(first.exports.iter().any(|export| export.name == import.name), "{}", import.name);
        }
    }

    #[test]
    fn what_is_called_directly_cannot_go() {
        let called = WHOLE.replace("(func $early (type $number)", "(func $early (type $number) (drop (call $late))");
        let parts = split(&wat::parse_str(&called).unwrap(), &[2, 3].into()).unwrap();
        assert_eq!(names(&Module::from_buffer(&parts.later).unwrap()).1, 1, "only `later` is left");
        let all = called.replace("(drop (call $late))", "(drop (call $late)) (drop (call $later))");
        assert!(split(&wat::parse_str(&all).unwrap(), &[2, 3].into()).is_err());
    }

    #[test]
    fn short_names_differ() {
        assert_eq!([0, 1, 25, 26, 27, 52].map(short), ["a", "b", "z", "ab", "bb", "ac"]);
        assert_eq!((0..2000).map(short).collect::<BTreeSet<_>>().len(), 2000);
    }
}
