//! What leads to what in a module as the linker wrote it, told by its relocations: which function calls which, whose address is
//! taken by which code, and what stands in which piece of static data.
//!
//! The form of the sections is that of <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    DefinedDataSymbol, ElementItems, ElementKind, ExternalKind, KnownCustom, Linking, LinkingSectionReader, Operator, Parser,
    Payload, RelocSectionReader, RelocationType, SymbolInfo, TypeRef,
};

/// The section of relocations in code, and the one in static data.
const CODE: &str = "reloc.CODE";
const DATA: &str = "reloc.DATA";

/// A linked module that still has its relocations.
#[derive(Default)]
pub struct Linked<'a> {
    imported: u32,
    /// Where the bodies of the functions are in the file.
    bodies: Vec<Range<u64>>,
    /// Where the bytes of the data segments begin in the file.
    segments: Vec<u64>,
    /// The functions in the table, by place.
    table: BTreeMap<u32, u32>,
    /// The functions that are called from outside, by name; one that starts by itself has none.
    roots: Vec<(&'a str, u32)>,
    symbols: Vec<SymbolInfo<'a>>,
    /// By their place in the file.
    relocations: Vec<(u64, RelocationType, u32)>,
}

/// Places in the table of functions.
pub struct Places {
    /// Those that only the later part needs.
    pub later: BTreeSet<u32>,
    /// Those that nobody needs.
    pub unneeded: BTreeSet<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Function(u32),
    /// By the number of its symbol.
    Data(u32),
}

impl<'a> Linked<'a> {
    /// Reads a module.
    ///
    /// # Errors
    /// When it isn't one, or was linked without `--emit-relocs`.
    pub fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let (mut code, mut data) = (0, 0);
        let mut relocations = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        linked.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        linked.roots.extend((export.kind == ExternalKind::Func).then_some((export.name, export.index)));
                    }
                }
                Payload::StartSection { func, .. } => linked.roots.push(("", func)),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let element = element?;
                        if let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) =
                            (element.kind, element.items)
                        {
                            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { continue };
                            for (place, function) in (u32::try_from(value)?..).zip(functions) {
                                linked.table.insert(place, function?);
                            }
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => code = range.start,
                Payload::CodeSectionEntry(body) => linked.bodies.push(body.range()),
                Payload::DataSection(segments) => {
                    data = segments.range().start;
                    for segment in segments {
                        let segment = segment?;
                        linked.segments.push(segment.range.end - u64::try_from(segment.data.len())?);
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => linked.symbols = symbols(linking)?,
                    KnownCustom::Reloc(reader) if section.name() == CODE => relocations.push((code, reader)),
                    KnownCustom::Reloc(reader) if section.name() == DATA => relocations.push((data, reader)),
                    _ => {}
                },
                _ => {}
            }
        }
        ensure!(!relocations.is_empty() && !linked.symbols.is_empty(), "the module was linked without relocations");
        for (start, reader) in relocations {
            linked.relocate(start, &reader)?;
        }
        linked.relocations.sort_unstable_by_key(|(place, ..)| *place);
        Ok(linked)
    }

    fn relocate(&mut self, start: u64, reader: &RelocSectionReader<'_>) -> Result<()> {
        for relocation in reader.entries() {
            let relocation = relocation?;
            self.relocations.push((start + u64::from(relocation.offset), relocation.ty, relocation.index));
        }
        Ok(())
    }

    /// What the places in the table of functions are needed for, when nobody calls these exports any more, and the later part is
    /// what only the static of this name leads to.
    ///
    /// # Errors
    /// When there is no such static.
    pub fn places(&self, uncalled: &BTreeSet<String>, gate: &str) -> Result<Places> {
        let called = self.roots.iter().filter(|(name, _)| !uncalled.contains(without_digest(name)));
        let roots = called.map(|(_, index)| Thing::Function(*index));
        let mut gates = Vec::new();
        let mut reached = BTreeSet::new();
        self.reach(roots.collect(), &mut reached, |name, gated| {
            let met = name.contains(gate);
            gates.extend(met.then_some(gated));
            met
        })?;
        ensure!(!gates.is_empty(), "nothing leads to a static {gate}");
        let unreached = |reached: &BTreeSet<Thing>| {
            self.table.iter().filter(|(_, id)| !reached.contains(&Thing::Function(**id))).map(|(place, _)| *place).collect()
        };
        let without_gate: BTreeSet<u32> = unreached(&reached);
        self.reach(gates, &mut reached, |_, _| false)?;
        let unneeded: BTreeSet<u32> = unreached(&reached);
        Ok(Places { later: without_gate.difference(&unneeded).copied().collect(), unneeded })
    }

    /// Adds to `reached` all that is reached from `open`; data that `stop` says yes to is not looked into.
    fn reach(
        &self,
        mut open: Vec<Thing>,
        reached: &mut BTreeSet<Thing>,
        mut stop: impl FnMut(&str, Thing) -> bool,
    ) -> Result<()> {
        while let Some(thing) = open.pop() {
            let stopped = match thing {
                Thing::Data(symbol) => self.name(symbol).is_some_and(|name| stop(name, thing)),
                Thing::Function(_) => false,
            };
            if !stopped && reached.insert(thing) {
                self.lead_on(thing, &mut open)?;
            }
        }
        Ok(())
    }

    fn name(&self, symbol: u32) -> Option<&str> {
        match self.symbols.get(symbol as usize)? {
            SymbolInfo::Data { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Adds what this leads to.
    fn lead_on(&self, from: Thing, open: &mut Vec<Thing>) -> Result<()> {
        let Some(place) = self.place(from)? else { return Ok(()) };
        let first = self.relocations.partition_point(|(at, ..)| *at < place.start);
        for (_, kind, symbol) in self.relocations.iter().skip(first).take_while(|(at, ..)| *at < place.end) {
            match kind {
                RelocationType::FunctionIndexLeb
                | RelocationType::FunctionIndexI32
                | RelocationType::TableIndexSleb
                | RelocationType::TableIndexI32
                | RelocationType::TableIndexRelSleb => {
                    let Some(SymbolInfo::Func { index, .. }) = self.symbols.get(*symbol as usize) else { continue };
                    open.push(Thing::Function(*index));
                }
                RelocationType::MemoryAddrLeb
                | RelocationType::MemoryAddrSleb
                | RelocationType::MemoryAddrI32
                | RelocationType::MemoryAddrRelSleb => open.push(Thing::Data(*symbol)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Where it is in the file; what comes from elsewhere is nowhere.
    fn place(&self, thing: Thing) -> Result<Option<Range<u64>>> {
        match thing {
            Thing::Function(index) => {
                let Some(own) = index.checked_sub(self.imported) else { return Ok(None) };
                Ok(Some(self.bodies.get(own as usize).context("a function without a body")?.clone()))
            }
            Thing::Data(symbol) => {
                let Some(SymbolInfo::Data { symbol: Some(DefinedDataSymbol { index, offset, size }), .. }) =
                    self.symbols.get(symbol as usize)
                else {
                    return Ok(None);
                };
                let start = self.segments.get(*index as usize).context("data outside the segments")? + u64::from(*offset);
                Ok(Some(start..start + u64::from(*size)))
            }
        }
    }
}

/// The name of an export as wasm-bindgen gives it on: for the linker it ends with a digest of its crate.
fn without_digest(name: &str) -> &str {
    let is_digest = |end: &str| end.len() == 16 && end.bytes().all(|sign| sign.is_ascii_hexdigit());
    name.rsplit_once('_').filter(|(_, end)| is_digest(end)).map_or(name, |(name, _)| name)
}

fn symbols(linking: LinkingSectionReader<'_>) -> Result<Vec<SymbolInfo<'_>>> {
    for part in linking.subsections() {
        if let Linking::SymbolTable(symbols) = part? {
            return Ok(symbols.into_iter().collect::<Result<_, _>>()?);
        }
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::without_digest;

    #[test]
    fn a_digest_at_the_end_of_a_name_is_told_from_a_word() {
        assert_eq!(without_digest("intounderlyingsink_write_58a9338f50bce61c"), "intounderlyingsink_write");
        assert_eq!(without_digest("__wbindgen_start"), "__wbindgen_start");
        assert_eq!(without_digest("main"), "main");
    }
}
