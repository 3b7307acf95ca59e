//! What is not finite is not sent, and the error says where it is.

use api::{Client, Error, models};

use crate::server::{outcome, sent};

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let sent = sent(|url| async {
        let request = client(url).places().update(1.0, [2.0, 2.5]).zoom(3.0);
        let request = request.at(&models::Point::new(4.0)).r#box([5.0, 1e-9]);
        request.height(6.0).await.unwrap()
    });
    let target = "/places/1/.2,2.5?zoom=3&x=4&box=5&box=1e-9";
    assert_eq!((&*sent.target, &*sent.body), (target, r#"{"height":6.0}"#));

    let nowhere = || client("http://127.0.0.1:9".to_owned()).places();
    let place = || nowhere().update(1.0, [2.0]);
    let (nan, point) = (f64::NAN, models::Point::new);
    for (request, reason) in [
        (nowhere().update(nan, [2.0]), "`lat`: it is not finite"),
        (
            nowhere().update(1.0, [f64::INFINITY]),
            "`around`: it has a number that is not finite",
        ),
        (place().zoom(nan), "`zoom`: it is not finite"),
        (
            place().r#box([1.0, nan]),
            "`box`: it has a number that is not finite",
        ),
        (
            place().at(&point(nan)),
            "`at`: it has a number that is not finite, at `x`",
        ),
        (place().x_scale(nan), "`X-Scale`: it is not finite"),
        (place().tilt(nan), "`tilt`: it is not finite"),
        (
            place().height(-f64::INFINITY),
            "`height`: it has a number that is not finite",
        ),
        (
            place().path([point(1.0), point(nan)]),
            "`path`: it has a number that is not finite, at `[1].x`",
        ),
    ] {
        let Err(Error::InvalidArgument(error)) = outcome(request.into_future()) else {
            panic!("{reason}")
        };
        assert!(error.to_string().ends_with(reason), "{error}: {reason}");
    }
}
