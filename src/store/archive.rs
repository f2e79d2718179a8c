//! Opens zip archives and gzipped files as downloaded, with limits against archives made to harm.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;

/// More members than any export has.
const MOST_MEMBERS: usize = 300_000;
/// Text shrinks by up to fifty times, archives made to harm by a thousand.
const HIGHEST_RATIO: u64 = 200;
/// Below this size the ratio does not matter.
const HARMLESS: u64 = 64 << 20;
/// An archive inside an archive is unpacked up to this size.
const LARGEST_INNER: u64 = 4 << 30;

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Zip,
    Gzip,
}

pub(super) fn packing(path: &Path) -> io::Result<Packing> {
    let mut magic = [0; 4];
    let mut file = File::open(path)?;
    let mut length = 0;
    while length < magic.len() {
        match file.read(&mut magic[length..])? {
            0 => break,
            read => length += read,
        }
    }
    Ok(match magic {
        [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6] => Packing::Zip,
        [0x1f, 0x8b, ..] => Packing::Gzip,
        _ => Packing::Plain,
    })
}

/// A plain or gzipped file.
pub(super) fn open(path: &Path, packing: Packing) -> io::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let reader = BufReader::with_capacity(128 << 10, file);
    Ok(match packing {
        Packing::Gzip => unpacked(reader, size),
        _ => Box::new(reader),
    })
}

fn unpacked<'a>(reader: impl BufRead + 'a, packed: u64) -> Box<dyn BufRead + 'a> {
    let guarded = Guard { inner: MultiGzDecoder::new(reader), left: allowance(packed) };
    Box::new(BufReader::with_capacity(128 << 10, guarded))
}

fn allowance(packed: u64) -> u64 {
    packed.saturating_mul(HIGHEST_RATIO).max(HARMLESS)
}

/// A member worth reading, or why it is not.
pub(super) struct Member {
    pub(super) index: usize,
    /// Path inside the archive.
    pub(super) name: String,
    pub(super) refused: Option<&'static str>,
}

/// A zip archive and its members in the order of their names.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    pub(super) members: Vec<Member>,
}

impl Archive {
    /// # Errors
    /// When the file is no readable archive or has more members than any export.
    pub(super) fn open(file: File) -> io::Result<Self> {
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(io::Error::other)?;
        if zip.len() > MOST_MEMBERS {
            return Err(io::Error::other(format!(
                "it has {} members; unpack it and keep what matters",
                zip.len()
            )));
        }
        let mut members = Vec::new();
        for index in 0..zip.len() {
            let member = match zip.by_index_raw(index) {
                Ok(member) if member.is_dir() => continue,
                Ok(member) => {
                    let name = member.name().replace('\\', "/");
                    let refused =
                        if member.enclosed_name().is_none() || name.split('/').any(|part| part == "..") {
                            Some("was refused: its name leads out of the archive")
                        } else if member.encrypted() {
                            Some("was not read: it is encrypted; unpack the archive first")
                        } else if member.is_symlink() {
                            Some("was not read: it is a symbolic link")
                        } else {
                            None
                        };
                    Member { index, name, refused }
                }
                Err(_) => Member {
                    index,
                    name: format!("member {index}"),
                    refused: Some("was not read: the archive is damaged here"),
                },
            };
            members.push(member);
        }
        if members.is_empty() {
            return Err(io::Error::other("it holds no files"));
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { zip, members })
    }

    /// A member that is an archive itself, in a file without a name that vanishes with the process.
    pub(super) fn inner(&mut self, index: usize) -> io::Result<File> {
        let member = self.zip.by_index(index).map_err(io::Error::other)?;
        let packed = member.compressed_size();
        let mut guarded = Guard { left: allowance(packed).min(LARGEST_INNER), inner: member };
        let mut file = tempfile::tempfile()?;
        io::copy(&mut guarded, &mut file)?;
        file.rewind()?;
        Ok(file)
    }

    /// A member as text; one that is itself gzipped is unpacked too.
    pub(super) fn read(&mut self, index: usize) -> io::Result<Box<dyn BufRead + '_>> {
        let member = self.zip.by_index(index).map_err(io::Error::other)?;
        let packed = member.compressed_size();
        let mut reader = BufReader::with_capacity(64 << 10, Guard { left: allowance(packed), inner: member });
        if reader.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
            return Ok(unpacked(reader, packed));
        }
        Ok(Box::new(reader))
    }
}

/// Stops a stream that grows far beyond what its packed size allows.
struct Guard<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(target)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(
                "it unpacks to more than 200 times its size; unpack it yourself if it is meant to",
            )
        })?;
        Ok(read)
    }
}
