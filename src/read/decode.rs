//! Bytes to text: which encoding they are in, and where each character came from.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::error::{ReadError, Warning};
use super::offsets::RawOffsets;

/// Text with its map to the bytes it was decoded from.
pub(super) struct Decoded {
    pub text: String,
    pub offsets: RawOffsets,
    pub warnings: Vec<Warning>,
}

/// Decodes UTF-8, UTF-16 (marked, or recognised by its zero bytes) and single-byte text;
/// `declared` is the encoding that the input names itself, as HTML does.
pub(super) fn decode(
    name: &str,
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded, ReadError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok(unchanged(text, 3)),
            Err(error) => Err(invalid(name, 3 + error.valid_up_to(), "not UTF-8")),
        };
    }
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return Err(invalid(name, 0, "UTF-32 is not supported"));
        }
        [0xFF, 0xFE, rest @ ..] => return utf16(name, rest, 2, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(name, rest, 2, u16::from_be_bytes),
        _ => {}
    }
    match unmarked_utf16(bytes) {
        Some(ByteOrder::Little) => return utf16(name, bytes, 0, u16::from_le_bytes),
        Some(ByteOrder::Big) => return utf16(name, bytes, 0, u16::from_be_bytes),
        None => {}
    }
    refuse_binary(name, bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(unchanged(text, 0)),
        Err(error) => legacy(name, bytes, error.valid_up_to(), declared),
    }
}

fn unchanged(text: &str, raw_start: u64) -> Decoded {
    let offsets = RawOffsets::unchanged(raw_start, text.len());
    Decoded { text: text.to_owned(), offsets, warnings: Vec::new() }
}

fn invalid(name: &str, offset: usize, reason: &str) -> ReadError {
    ReadError::Encoding { name: name.to_owned(), offset: offset as u64, reason: reason.to_owned() }
}

enum ByteOrder {
    Little,
    Big,
}

/// English in UTF-16 has a zero in nearly every second byte and in no other.
fn unmarked_utf16(bytes: &[u8]) -> Option<ByteOrder> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 {
        return None;
    }
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        () if odd * 10 >= units * 7 && even * 50 <= units => Some(ByteOrder::Little),
        () if even * 10 >= units * 7 && odd * 50 <= units => Some(ByteOrder::Big),
        () => None,
    }
}

fn utf16(
    name: &str,
    bytes: &[u8],
    raw_start: usize,
    unit: fn([u8; 2]) -> u16,
) -> Result<Decoded, ReadError> {
    if !bytes.len().is_multiple_of(2) {
        return Err(invalid(name, raw_start + bytes.len() - 1, "half a UTF-16 unit at the end"));
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut offsets = RawOffsets::default();
    let mut raw = raw_start;
    for decoded in char::decode_utf16(units) {
        let Ok(character) = decoded else {
            return Err(invalid(name, raw, "an unpaired UTF-16 surrogate"));
        };
        if character == '\0' {
            return Err(invalid(name, raw, "a NUL character"));
        }
        text.push(character);
        offsets.push(character.len_utf8(), raw as u64, 2 * character.len_utf16());
        raw += 2 * character.len_utf16();
    }
    Ok(Decoded { text, offsets, warnings: Vec::new() })
}

/// First bytes by which files that are no text are known, what they are and what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF", "convert it to text first"),
    (b"PK\x03\x04", "a zip archive or office document", "unpack it or save it as text first"),
    (b"\xD0\xCF\x11\xE0", "an office document", "save it as text first"),
    (b"{\\rtf", "a rich text document", "save it as plain text first"),
    (b"\x89PNG", "an image", "leave it out"),
    (b"\xFF\xD8\xFF", "an image", "leave it out"),
    (b"GIF8", "an image", "leave it out"),
    (b"\x7FELF", "a program", "leave it out"),
    (b"BZh", "bzip2 data", "decompress it first"),
    (b"\xFD7zXZ", "xz data", "decompress it first"),
    (b"\x28\xB5\x2F\xFD", "zstd data", "decompress it first"),
    (b"7z\xBC\xAF", "a 7-zip archive", "unpack it first"),
];

fn refuse_binary(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    let binary = |what, advice| Err(ReadError::Binary { name: name.to_owned(), what, advice });
    if let Some((_, what, advice)) =
        SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature))
    {
        return binary(*what, *advice);
    }
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C);
    let sample = &bytes[..bytes.len().min(1 << 16)];
    let controls = sample.iter().filter(|&&byte| is_control(byte)).count();
    if bytes.contains(&0) || controls * 20 > sample.len() {
        return binary("binary data", "leave it out");
    }
    Ok(())
}

/// Text that is not UTF-8: single-byte text where it reads as such, else an error at `broken`,
/// the first byte that is not UTF-8.
fn legacy(
    name: &str,
    bytes: &[u8],
    broken: usize,
    declared: Option<&'static Encoding>,
) -> Result<Decoded, ReadError> {
    let declared = declared.filter(|encoding| *encoding != UTF_8);
    if declared.is_none() && damaged_utf8(bytes) {
        return Err(invalid(name, broken, "damaged UTF-8"));
    }
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    let few = bytes.iter().filter(|byte| **byte >= 0x80).count() * 5 <= bytes.len();
    let latin = encoding == WINDOWS_1252 || few;
    if latin && declared.is_none() && !(few && reads_as_latin(bytes)) {
        return Err(invalid(name, broken, "neither UTF-8 nor Windows-1252"));
    }
    let (text, offsets) = decode_units(bytes, encoding).map_err(|offset| {
        invalid(name, offset, &format!("neither UTF-8 nor {}", encoding.name()))
    })?;
    let warnings = match declared {
        Some(_) => Vec::new(),
        None => vec![Warning::Guessed { encoding: encoding.name() }],
    };
    Ok(Decoded { text, offsets, warnings })
}

/// Whether half or more of what is above ASCII is valid UTF-8, or the file was cut in a character.
fn damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken, mut cut) = (0usize, 0usize, false);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        if !chunk.invalid().is_empty() {
            broken += 1;
            cut = chunk.invalid().len() > 1;
        }
    }
    (sound > 0 && sound >= broken) || (cut && broken == 1)
}

/// Whether the bytes above ASCII make sense in Windows-1252: letters among letters and the
/// usual punctuation, but no capital after a small letter, as damaged UTF-8 has.
fn reads_as_latin(bytes: &[u8]) -> bool {
    let odd = bytes.iter().any(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D));
    let mixed = bytes.windows(2).any(|pair| {
        (pair[0].is_ascii_lowercase() && matches!(pair[1], 0xC0..=0xDE))
            || (pair[0].is_ascii_alphabetic() && matches!(pair[1], 0xFE | 0xFF))
            || (pair[0] >= 0xFE && pair[1] >= 0xFE)
    });
    let lone = bytes.windows(3).any(|three| {
        three[0] == b' ' && matches!(three[1], 0xFE | 0xFF | 0xF0..=0xF7) && three[2] == b' '
    });
    !odd && !mixed && !lone
}

/// Decodes character by character so that every one keeps its place; `Err` is the offset of
/// the first byte that `encoding` does not have.
fn decode_units(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, RawOffsets), usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut offsets = RawOffsets::default();
    let mut buffer = [0u8; 16];
    let mut start = 0;
    for at in 0..bytes.len() {
        let last = at + 1 == bytes.len();
        let (result, _, written) =
            decoder.decode_to_utf8_without_replacement(&bytes[at..=at], &mut buffer, last);
        if matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
            return Err(start);
        }
        if written > 0 {
            text.push_str(std::str::from_utf8(&buffer[..written]).map_err(|_| start)?);
            offsets.push(written, start as u64, at + 1 - start);
            start = at + 1;
        }
    }
    Ok((text, offsets))
}
