//! Finds out in which encoding a file is written and hands out UTF-8.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// No UTF-8, read as Windows-1252, which every byte sequence is.
    Windows1252,
    /// No text at all.
    Binary,
}

impl Encoding {
    /// Judges by the first bytes of a file.
    #[must_use]
    pub fn detect(head: &[u8]) -> Self {
        if head.starts_with(&[0xff, 0xfe]) {
            return Self::Utf16Le;
        }
        if head.starts_with(&[0xfe, 0xff]) {
            return Self::Utf16Be;
        }
        let sample = &head[..head.len().min(4096)];
        let zeros = |parity: usize| {
            sample.iter().enumerate().filter(|(at, byte)| at % 2 == parity && **byte == 0).count() * 2
        };
        if sample.len() >= 8 && zeros(1) * 10 > sample.len() * 7 && zeros(0) * 10 < sample.len() {
            return Self::Utf16Le;
        }
        if sample.len() >= 8 && zeros(0) * 10 > sample.len() * 7 && zeros(1) * 10 < sample.len() {
            return Self::Utf16Be;
        }
        let control = |byte: &u8| {
            *byte < 0x20
                && !matches!(
                    *byte,
                    0 | b'\t' | b'\n' | b'\r' | 0x1b | 0x1e | 0x0c | 2 | 3 | 0x0f | 0x16 | 0x1d | 0x1f
                )
        };
        let controls = sample.iter().filter(|byte| control(byte)).count();
        let nulls = sample.iter().filter(|byte| **byte == 0).count();
        if controls * 50 > sample.len() || nulls * 4 > sample.len() {
            return Self::Binary;
        }
        match std::str::from_utf8(head) {
            Ok(_) => Self::Utf8,
            Err(error) if error.error_len().is_none() => Self::Utf8,
            Err(_) => Self::not_utf8(head),
        }
    }

    /// A few broken bytes in UTF-8 are damage; many, with hardly any valid sequence, are another encoding.
    fn not_utf8(head: &[u8]) -> Self {
        let (mut broken, mut valid) = (0, 0);
        for chunk in head.utf8_chunks() {
            valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            broken += usize::from(!chunk.invalid().is_empty());
        }
        if broken * 10 > head.len() * 3 {
            Self::Binary
        } else if valid > broken {
            Self::Utf8
        } else {
            Self::Windows1252
        }
    }

    /// Text of the first bytes of a file; a character cut off at the end is dropped.
    #[must_use]
    pub fn text(self, head: &[u8]) -> String {
        let mut decoder = self.decoder();
        let mut text =
            String::with_capacity(decoder.max_utf8_buffer_length(head.len()).unwrap_or(head.len() * 3));
        let _ = decoder.decode_to_string(head, &mut text, false);
        text
    }

    fn decoder(self) -> Decoder {
        match self {
            Self::Utf16Le => UTF_16LE.new_decoder_with_bom_removal(),
            Self::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
            Self::Windows1252 => WINDOWS_1252.new_decoder(),
            Self::Utf8 | Self::Binary => UTF_8.new_decoder_with_bom_removal(),
        }
    }

    /// A reader of UTF-8 over bytes of this encoding. UTF-8 itself passes through untouched but for its mark.
    ///
    /// # Errors
    /// What the input reports.
    pub fn reader<'a>(self, mut input: Box<dyn BufRead + 'a>) -> io::Result<Box<dyn BufRead + 'a>> {
        if matches!(self, Self::Utf8 | Self::Binary) {
            if input.fill_buf()?.starts_with(&[0xef, 0xbb, 0xbf]) {
                input.consume(3);
            }
            return Ok(input);
        }
        let transcoder = Transcoder { input, decoder: self.decoder(), text: Vec::new(), at: 0, done: false };
        Ok(Box::new(BufReader::with_capacity(64 << 10, transcoder)))
    }
}

struct Transcoder<'a> {
    input: Box<dyn BufRead + 'a>,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    done: bool,
}

impl Read for Transcoder<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.done {
            let chunk = self.input.fill_buf()?;
            let chunk = &chunk[..chunk.len().min(32 << 10)];
            self.done = chunk.is_empty();
            let length = chunk.len();
            self.text.resize(self.decoder.max_utf8_buffer_length(length).unwrap_or(length * 3 + 16), 0);
            let (_, read, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.text, self.done);
            self.text.truncate(written);
            self.at = 0;
            self.input.consume(read);
        }
        let length = target.len().min(self.text.len() - self.at);
        target[..length].copy_from_slice(&self.text[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
