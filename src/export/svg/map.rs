//! The map itself inside of its drawing, as text in a `metadata` element.

use super::SvgError;
use super::markup;

/// What marks the element.
const MARK: &str = "peel-map";
/// Longest map in a picture, in bytes: as large as a map file may be.
const LONGEST: usize = 64 << 20;

/// Appends the element.
pub(super) fn write(out: &mut String, map: &str) -> Result<(), SvgError> {
    if map.len() > LONGEST {
        return Err(SvgError::Map);
    }
    out.push_str(&format!("<metadata id=\"{MARK}\">"));
    markup::text(out, map);
    out.push_str("</metadata>\n");
    Ok(())
}

/// The map inside of a drawing; `Ok(None)` when it holds none.
pub(super) fn find(svg: &str) -> Result<Option<String>, SvgError> {
    if !svg.contains("<svg") && !svg.contains(":svg") {
        return Err(SvgError::NotSvg);
    }
    // Other programs that save the drawing keep the element and its id, but not always its prefix or its quotes.
    let Some(mark) = [format!("id=\"{MARK}\""), format!("id='{MARK}'")].iter().find_map(|mark| svg.find(mark)) else {
        return Ok(None);
    };
    let damaged = || SvgError::Damaged;
    let (_, rest) = svg[mark..].split_once('>').ok_or_else(damaged)?;
    let (text, end) = rest.split_once('<').ok_or_else(damaged)?;
    if !end.starts_with('/') {
        return Err(SvgError::Damaged);
    }
    // An escaped character takes at most ten times the room of its byte.
    if text.len() > 10 * LONGEST {
        return Err(SvgError::Map);
    }
    let map = unescaped(text).ok_or_else(damaged)?;
    if map.len() > LONGEST { Err(SvgError::Map) } else { Ok(Some(map)) }
}

/// The text with its character references resolved (XML 1.0, sections 4.1 and 4.6); `None` for other entities.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';').filter(|(name, _)| name.len() <= 8)?;
        out.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = name.strip_prefix('#')?;
                let value = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(value.ok()?)?
            }
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
