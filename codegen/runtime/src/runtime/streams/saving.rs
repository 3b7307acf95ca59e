//! A download that becomes a file, and goes on where the connection broke.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use reqwest::Method;
use reqwest::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, LAST_MODIFIED, RANGE,
};
use tokio::fs::File;
use tokio::io::AsyncWrite;

use super::download::{Download, write_all};
use crate::runtime::clock;
use crate::runtime::error::Error;
use crate::runtime::request::Request;

/// A download on its way into a file, which is written when this is awaited.
///
/// The bytes are in a file of the same name with the ending `.part` until all are there, so that the
/// file itself is whole or as it was before. Where the connection breaks or falls silent, the rest is asked
/// for by `Range` if the service allows that and says by `ETag` or `Last-Modified` that it is still
/// the same; nothing is fetched twice. It is tried as often as the call, and anew after each
/// part that arrives.
///
/// It gives the number of bytes.
///
/// # Errors
///
/// As for the request itself and for [`Download::chunk`], and [`Error::InvalidArgument`] if the file
/// can't be written. What was written by then is removed, as it is when this is dropped.
#[must_use = "nothing is written until it is awaited"]
pub struct Saving {
    request: Request<Download>,
    path: PathBuf,
    progress: Option<Progress>,
}

/// Told how many bytes there are, and of how many, if that is known.
type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

impl Request<Download> {
    /// Writes the body into the file at a path, in place of what is there.
    pub fn save_to(self, path: impl Into<PathBuf>) -> Saving {
        Saving {
            request: self,
            path: path.into(),
            progress: None,
        }
    }
}

impl Saving {
    /// Is told, after each part that is written, how many bytes there are, and of how many, if
    /// that is known.
    pub fn progress(mut self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// The same, in a program that is not async.
    ///
    /// # Errors
    ///
    /// As for awaiting it; and in a task of an async runtime, which this would stop.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<u64, Error> {
        crate::runtime::blocking::wait(save(self.request, self.path, self.progress))
    }
}

impl IntoFuture for Saving {
    type Output = Result<u64, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(save(self.request, self.path, self.progress))
    }
}

impl fmt::Debug for Saving {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Saving")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

async fn save(
    request: Request<Download>,
    path: PathBuf,
    mut progress: Option<Progress>,
) -> Result<u64, Error> {
    // Of what is compressed on its way no part can be asked for.
    let mut request = request.default_header(&ACCEPT_ENCODING, "identity");
    let (first, mut again) = match request.again() {
        Ok(first) => (first, Some(request)),
        // It is sent once, and so is not asked for again.
        Err(_) => (request, None),
    };
    let mut download = first.await?;
    let rest = Rest::of(&download).filter(|_| {
        again
            .as_ref()
            .is_some_and(|again| again.method() == Method::GET)
    });
    let total = download.content_length();
    let failed = |download: &Download, error| download.failed("path", &error);
    let created = Part::create(&path).await;
    let (part, mut file) = created.map_err(|error| failed(&download, error))?;
    let (mut written, mut retries) = (0, 0);
    loop {
        let before = written;
        let copied = copy(&mut download, &mut file, &mut written, |written| {
            if let Some(progress) = &mut progress {
                progress(written, total);
            }
        });
        let error = match copied.await {
            Ok(()) => break,
            Err(error) => error,
        };
        retries = if written > before { 0 } else { retries };
        let (Some(rest), Some(again)) = (&rest, &mut again) else {
            return Err(error);
        };
        let Some(wait) = again.wait(&error, retries) else {
            return Err(error);
        };
        retries += 1;
        clock::sleep(wait).await;
        let next = rest.ask(again.again()?, written).await?;
        if !rest.is_continued(&next, written) {
            // It begins anew, or is something else by now.
            return Err(error);
        }
        download = next;
    }
    let flushed = poll_fn(|context| Pin::new(&mut file).poll_flush(context)).await;
    flushed.map_err(|error| failed(&download, error))?;
    drop(file);
    let renamed = part.rename(&path).await;
    renamed.map_err(|error| failed(&download, error))?;
    Ok(written)
}

/// Where the bytes are until all are there; gone with this, unless it was renamed.
struct Part(Option<PathBuf>);

impl Part {
    async fn create(path: &Path) -> io::Result<(Self, File)> {
        let file = path.to_owned();
        let mut path = path.as_os_str().to_owned();
        path.push(".part");
        let path = PathBuf::from(path);
        // Also where nobody waits any longer: nothing else would know of the file by then.
        let created = tokio::task::spawn_blocking(move || {
            if file.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            let file = std::fs::File::create(&path)?;
            Ok((Self(Some(path)), file))
        });
        let created: io::Result<_> = created.await.map_err(io::Error::other)?;
        created.map(|(part, file)| (part, File::from_std(file)))
    }

    async fn rename(mut self, path: &Path) -> io::Result<()> {
        if let Some(part) = &self.0 {
            tokio::fs::rename(part, path).await?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            drop(std::fs::remove_file(path));
        }
    }
}

/// Writes what arrives, and says after each part how much it was.
async fn copy(
    download: &mut Download,
    file: &mut File,
    written: &mut u64,
    mut progress: impl FnMut(u64),
) -> Result<(), Error> {
    while let Some(chunk) = download.chunk().await {
        let chunk = chunk?;
        let result = write_all(file, &chunk).await;
        result.map_err(|error| download.failed("path", &error))?;
        *written += chunk.len() as u64;
        progress(*written);
    }
    Ok(())
}

/// How the rest of a body is asked for.
struct Rest {
    validator: String,
    length: u64,
}

impl Rest {
    /// None where the service does not say that it could be.
    fn of(download: &Download) -> Option<Self> {
        let headers = download.headers();
        if text(headers, ACCEPT_RANGES.as_str()) == Some("none") {
            return None;
        }
        // A weak one says nothing about bytes (RFC 9110, section 13.1.5).
        let strong = text(headers, ETAG.as_str()).filter(|tag| !tag.starts_with("W/"));
        let validator = strong.or_else(|| text(headers, LAST_MODIFIED.as_str()))?;
        Some(Self {
            validator: validator.to_owned(),
            // That of what is compressed is not known.
            length: download.content_length()?,
        })
    }

    async fn ask(&self, request: Request<Download>, written: u64) -> Result<Download, Error> {
        let range = format!("bytes={written}-");
        let request = request.header(RANGE.as_str(), range);
        request
            .header(IF_RANGE.as_str(), self.validator.as_str())
            .await
    }

    fn is_continued(&self, download: &Download, written: u64) -> bool {
        let range = text(download.headers(), CONTENT_RANGE.as_str());
        let expected = format!("bytes {written}-{}/", self.length.saturating_sub(1));
        download.status() == 206 && range.is_some_and(|range| range.starts_with(&expected))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
