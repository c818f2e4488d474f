//! Names of parts with a backslash, as .NET programs used to write them: `xl\\workbook.xml`. The
//! zip format requires a slash (APPNOTE 4.4.17.1), and so do the readers of the parts.

/// Octets of the end of the directory, and the longest comment behind it.
const END: usize = 22 + 0xffff;

/// Writes the backslashes in the names of the parts as slashes. Anything but a zip file stays
/// unchanged.
pub(super) fn straighten(octets: &mut [u8]) {
    // A name with a backslash has no other reason in a workbook.
    let _ = straightened(octets);
}

fn straightened(octets: &mut [u8]) -> Option<()> {
    let tail = octets.len().saturating_sub(END);
    let end = tail + memchr::memmem::rfind(octets.get(tail..)?, b"PK\x05\x06")?;
    let parts = short(octets, end + 10)?;
    let mut entry = long(octets, end + 16)?;
    for _ in 0..parts {
        if octets.get(entry..entry + 4)? != b"PK\x01\x02" {
            return None;
        }
        let name = short(octets, entry + 28)?;
        let (extra, comment) = (short(octets, entry + 30)?, short(octets, entry + 32)?);
        let local = long(octets, entry + 42)?;
        let changed = slashed(octets.get_mut(entry + 46..entry + 46 + name)?);
        if changed && octets.get(local..local + 4)? == b"PK\x03\x04" {
            let name = short(octets, local + 26)?;
            slashed(octets.get_mut(local + 30..local + 30 + name)?);
        }
        entry += 46 + name + extra + comment;
    }
    Some(())
}

/// Whether there was a backslash.
fn slashed(name: &mut [u8]) -> bool {
    let mut changed = false;
    for octet in name.iter_mut().filter(|octet| **octet == b'\\') {
        *octet = b'/';
        changed = true;
    }
    changed
}

fn short(octets: &[u8], at: usize) -> Option<usize> {
    let pair = octets.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(pair)))
}

fn long(octets: &[u8], at: usize) -> Option<usize> {
    let four = octets.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}
