//! One connection: how long it has had nothing to do, and a stream that gives up on a client that takes nothing.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::{ConnectInfo, Request},
    response::Response,
};
use http_body_util::BodyExt as _;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::OwnedSemaphorePermit,
    time::{Instant, Sleep},
};
use tower::Service;

/// What a connection is doing.
pub(super) struct Activity {
    under_way: AtomicUsize,
    asked: AtomicBool,
    since: Mutex<Instant>,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self { under_way: AtomicUsize::new(0), asked: AtomicBool::new(false), since: Mutex::new(Instant::now()) }
    }

    /// For how long no request has been under way, and whether none ever was; None while one is.
    pub(super) fn idle(&self) -> Option<(Duration, bool)> {
        if self.under_way.load(Ordering::Acquire) > 0 {
            return None;
        }
        let since = *self.since.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Some((since.elapsed(), !self.asked.load(Ordering::Relaxed)))
    }

    fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::AcqRel);
        self.asked.store(true, Ordering::Relaxed);
        UnderWay(self.clone())
    }
}

/// A request under way, until the last byte of its answer is handed over.
struct UnderWay(Arc<Activity>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        *self.0.since.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Instant::now();
        self.0.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The application, as one connection sees it.
#[derive(Clone)]
pub(super) struct Counted {
    app: Router,
    address: SocketAddr,
    activity: Arc<Activity>,
}

impl Counted {
    pub(super) fn new(app: Router, address: SocketAddr, activity: Arc<Activity>) -> Self {
        Self { app, address, activity }
    }
}

impl<B> Service<Request<B>> for Counted
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let under_way = self.activity.begin();
        request.extensions_mut().insert(ConnectInfo(self.address));
        let answer = self.app.call(request);
        Box::pin(async move {
            let kept_with = |body: Body| {
                Body::new(body.map_frame(move |frame| {
                    let _until_the_body_is_dropped = &under_way;
                    frame
                }))
            };
            Ok(answer.await?.map(kept_with))
        })
    }
}

/// A stream whose writing fails when the other side takes nothing for too long. It keeps its place among the
/// connections, also after an upgrade.
pub(super) struct Patient {
    stream: TcpStream,
    stalled: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    _place: OwnedSemaphorePermit,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, stalled: Duration, place: OwnedSemaphorePermit) -> Self {
        Self { stream, stalled, timer: None, _place: place }
    }

    fn bounded<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.timer = None;
            return outcome;
        }
        let stalled = self.stalled;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(stalled)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes nothing of the answer")))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.bounded(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
