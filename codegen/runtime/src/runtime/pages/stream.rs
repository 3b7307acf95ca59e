//! Lists as streams: of pages, and of the items on them.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::Url;

use super::listed::Listed;
use super::members;
use super::page::Page;
use super::pagination::{Pagination, Place};
use super::progress::{Arrived, Progress, is_url};
use crate::runtime::error::Error;
use crate::runtime::request::Request;
use crate::runtime::response::Response;

/// The pages of a list, each asked for once it is needed.
///
/// It ends on the last page that the service states, and, where pages or items are counted, on an
/// empty one. A service that names a page again, or sends the same again, is an error: otherwise
/// the list would never end. An error is the last that comes; [`cursor`](Self::cursor) says where
/// to go on.
///
/// What is set on the request holds for each page: filters, headers, the timeout, retries. A page at
/// another origin gets no credentials, no cookies, and no headers but those that say nothing.
pub struct Pages<I> {
    fetch: Fetch<I>,
    pending: Option<Pending<I>>,
    pagination: Pagination,
    progress: Progress,
    state: State,
    // Whether a page was at another origin: what that names is not the API's, wherever it leads.
    left: bool,
    most: Option<usize>,
    count: usize,
}

enum State {
    Going,
    /// After the page that was read.
    Failing(Box<Error>),
    Ended,
}

/// Asks for the page that begins there; where a page has left the API, as another origin.
type Fetch<I> = Box<dyn FnMut(Option<&str>, bool) -> Pending<I> + Send>;

type Pending<I> = Pin<Box<dyn Future<Output = Result<Fetched<I>, Error>> + Send>>;

struct Fetched<I> {
    response: Response<()>,
    items: Vec<I>,
    url: Url,
    at: Option<String>,
    left: bool,
}

impl<T: 'static> Request<T> {
    /// The call as the first of several: the pages of a list.
    ///
    /// `list` takes the items out of what one call gives. A body that can be sent once is rejected.
    pub fn pages<L: Listed + 'static>(
        mut self,
        pagination: Pagination,
        list: fn(T) -> L,
    ) -> Pages<L::Item>
    where
        L::Item: Send,
    {
        let fetch = move |start: Option<&str>, left: bool| -> Pending<L::Item> {
            let request = self.again();
            let start = start.map(str::to_owned);
            Box::pin(fetch(request, pagination, start, left, list))
        };
        Pages {
            fetch: Box::new(fetch),
            pending: None,
            pagination,
            progress: Progress::new(),
            state: State::Going,
            left: false,
            most: None,
            count: 0,
        }
    }
}

async fn fetch<T: 'static, L: Listed>(
    request: Result<Request<T>, Error>,
    pagination: Pagination,
    start: Option<String>,
    left: bool,
    list: fn(T) -> L,
) -> Result<Fetched<L::Item>, Error> {
    let mut request = request?;
    let mut at = start;
    let mut is_foreign = left;
    let is_stated = |at: &String| !pagination.next.is_empty() && is_url(at);
    let by_url = at.as_ref().is_some_and(is_stated);
    match (pagination.scheme.parameter().filter(|_| !by_url), &at) {
        (Some(parameter), Some(value)) => {
            request = request.key_of_page(value);
            request = match pagination.place {
                Place::Query => request.replace_in_query(parameter, value),
                Place::Text => request.set_in_body(parameter, value, false),
                Place::Number => request.set_in_body(parameter, value, true),
            };
        }
        (Some(parameter), None) => {
            at = match pagination.place {
                Place::Query => request.query_value(parameter),
                Place::Text | Place::Number => request.value_in_body(parameter),
            };
        }
        (None, Some(url)) => (request, is_foreign) = request.follow(url, left)?,
        (None, None) => {}
    }
    let url = request.resolved();
    let (data, response) = request.with_response().await?.split();
    let url = url?;
    Ok(Fetched {
        response,
        items: list(data).into_list(),
        url,
        at,
        left: is_foreign,
    })
}

impl<I> Pages<I> {
    /// The next page; `None` at the end.
    ///
    /// It loses nothing if it is cancelled.
    ///
    /// # Errors
    ///
    /// As for the request itself, and [`Error::Decode`] if the service names a page that was read
    /// before, sends the page before again, or sends a list that cannot be read. `None` follows.
    pub async fn next(&mut self) -> Option<Result<Page<I>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The pages, one after another, in a program that is not async.
    ///
    /// Within an async runtime, which this would stop, an error is all that comes.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> impl Iterator<Item = Result<Page<I>, Error>> {
        crate::runtime::blocking::each(self)
    }

    /// Ends after so many pages.
    #[must_use]
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.most = Some(pages);
        self
    }

    /// Begins at a page, as [`cursor`](Self::cursor) of another stream of the same list has it.
    #[must_use]
    pub fn start_at(mut self, cursor: impl Into<String>) -> Self {
        self.progress.next = Some(cursor.into());
        self
    }

    /// Where the next page begins, and after an error the page that failed: to be kept and given to
    /// [`start_at`](Self::start_at). None at the beginning and at the end.
    pub fn cursor(&self) -> Option<&str> {
        self.progress.next.as_deref()
    }

    /// The items on the pages.
    pub fn into_items(self) -> Items<I> {
        Items {
            pages: self,
            items: VecDeque::new(),
            page: None,
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<I>, Error>>> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Going => self.state = State::Going,
            State::Failing(error) => return Poll::Ready(Some(Err(*error))),
            State::Ended => return Poll::Ready(None),
        }
        if self.most.is_some_and(|most| self.count >= most) {
            self.state = State::Ended;
            return Poll::Ready(None);
        }
        let (progress, left) = (&self.progress, self.left);
        let fetch = &mut self.fetch;
        let pending = self
            .pending
            .get_or_insert_with(|| fetch(progress.next.as_deref(), left));
        let fetched = ready!(pending.as_mut().poll(context));
        self.pending = None;
        self.count += 1;
        let page = fetched.and_then(|fetched| self.arrived(fetched));
        if page.is_err() {
            self.state = State::Ended;
        }
        Poll::Ready(Some(page))
    }

    fn arrived(&mut self, fetched: Fetched<I>) -> Result<Page<I>, Error> {
        let Fetched {
            response,
            items,
            url,
            at,
            left,
        } = fetched;
        let json = response.raw().json().unwrap_or_default();
        let arrived = Arrived {
            url: &url,
            headers: response.headers(),
            json: &json,
            items: items.len(),
            at,
        };
        if let Some((path, reason)) = lost(&response, &self.pagination, &arrived) {
            return Err(response.unreadable((&path, &reason)).into());
        }
        let checked = self.progress.check(&self.pagination, &arrived);
        checked.map_err(|stuck| response.unreadable(stuck))?;
        self.left = left;
        match self.progress.turn(&self.pagination, &arrived) {
            Ok(next) => {
                if next.is_none() {
                    self.state = State::Ended;
                }
                self.progress.next = next;
            }
            Err(stuck) => self.state = State::Failing(Box::new(response.unreadable(stuck).into())),
        }
        drop(json);
        Ok(Page::new(items, response, &self.pagination))
    }
}

/// Where and why the list of a page is there and could not be read: one that was left out as a field may be would
/// otherwise be a page without items, by which the list ends.
fn lost(
    response: &Response<()>,
    pagination: &Pagination,
    page: &Arrived<'_>,
) -> Option<(String, String)> {
    let list = members::at(page.json, pagination.items)?;
    if page.items > 0 || !members::is_something(list) {
        return None;
    }
    let place = pagination.items.get(1..).unwrap_or_default();
    let place = place
        .replace('/', ".")
        .replace("~1", "/")
        .replace("~0", "~");
    let within = |path: &str, whole: &str| {
        let rest = path.strip_prefix(whole);
        rest.is_some_and(|rest| {
            whole.is_empty() || matches!(rest.bytes().next(), None | Some(b'.' | b'['))
        })
    };
    let mut deviations = response.deviations().iter();
    let deviation = deviations.find(|deviation| {
        let path = deviation.path();
        path == "." || within(path, &place) || within(&place, path)
    })?;
    let (expected, found) = (deviation.expected(), deviation.found());
    let reason =
        format!("expected {expected}, found {found}, so that the items of the page are lost");
    Some((deviation.path().to_owned(), reason))
}

impl<I> Unpin for Pages<I> {}

impl<I> Stream for Pages<I> {
    type Item = Result<Page<I>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<I> fmt::Debug for Pages<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("pagination", &self.pagination)
            .field("pages", &self.count)
            .finish_non_exhaustive()
    }
}

/// The items of a list, page after page.
///
/// ```text
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
/// ```
///
/// It ends, fails and goes on as [`Pages`] do.
pub struct Items<I> {
    pages: Pages<I>,
    // Those that were not taken yet.
    items: VecDeque<I>,
    // Where the page begins that they are of.
    page: Option<String>,
}

impl<I> Items<I> {
    /// The next item; `None` at the end.
    ///
    /// It loses nothing if it is cancelled.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next items, at most so many: all that are left where there are fewer.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`]. What was read before the error is not lost: [`next`](Self::next) gives it.
    /// If this is cancelled, what it has read is lost.
    pub async fn collect(&mut self, limit: usize) -> Result<Vec<I>, Error> {
        let mut found = Vec::new();
        while found.len() < limit {
            match self.next().await {
                Some(Ok(item)) => found.push(item),
                Some(Err(error)) => {
                    self.items = found.into();
                    return Err(error);
                }
                None => break,
            }
        }
        Ok(found)
    }

    /// The items, one after another, in a program that is not async.
    ///
    /// Within an async runtime, which this would stop, an error is all that comes.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> impl Iterator<Item = Result<I, Error>> {
        crate::runtime::blocking::each(self)
    }

    /// Ends after so many pages.
    #[must_use]
    pub fn max_pages(self, pages: usize) -> Self {
        Self {
            pages: self.pages.max_pages(pages),
            ..self
        }
    }

    /// Begins at a page, as [`cursor`](Self::cursor) of another stream of the same list has it.
    #[must_use]
    pub fn start_at(self, cursor: impl Into<String>) -> Self {
        Self {
            pages: self.pages.start_at(cursor),
            ..self
        }
    }

    /// Where to go on, with [`start_at`](Self::start_at): the page of which items are left, or else
    /// the next one, and after an error the page that failed. None at the beginning and at the end.
    pub fn cursor(&self) -> Option<&str> {
        let failed = matches!(self.pages.state, State::Ended) && self.pages.cursor().is_some();
        if self.items.is_empty() || failed {
            self.pages.cursor()
        } else {
            self.page.as_deref()
        }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let begins = self.pages.cursor().map(str::to_owned);
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    self.items = page.into_items().into();
                    self.page = begins;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<I> Unpin for Items<I> {}

impl<I> Stream for Items<I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<I> fmt::Debug for Items<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .field("left", &self.items.len())
            .finish()
    }
}
