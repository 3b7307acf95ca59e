//! A number is given as a literal of either kind, and `None` sets nothing.

use api::models::Tone;
use api::{Client, Error};

use crate::server::{outcome, sent};

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let whole = sent(|url| async {
        let request = client(url).voices().speak(1, 7).limit(10).rate(48000).pitch(2);
        request.tone(Tone::new(3).treble(4)).either(5).await.unwrap()
    });
    assert_eq!(whole.target, "/voices/1?limit=10&rate=48000");
    let body = r#"{"volume":7.0,"pitch":2.0,"tone":{"bass":3.0,"treble":4.0},"either":5}"#;
    assert_eq!(whole.body, body);

    let broken = sent(|url| async {
        let request = client(url).voices().speak(1.5, 7.5).limit(Some(10.5)).rate("best");
        let request = request.pitch(None).pitch_null().tone(Tone::new(3.5).treble(None));
        request.either(5.5).await.unwrap()
    });
    assert_eq!(broken.target, "/voices/1.5?limit=10.5&rate=best");
    let body = r#"{"volume":7.5,"pitch":null,"tone":{"bass":3.5},"either":5.5}"#;
    assert_eq!(broken.body, body);

    // What models of embeddings return is `f32`.
    let lists = sent(|url| async {
        let request = client(url).voices().speak(1, 7).vector(vec![0.5_f32, 1.0]);
        request.shares([("a", 1)]).await.unwrap()
    });
    let body = r#"{"volume":7.0,"vector":[0.5,1.0],"shares":{"a":1.0}}"#;
    assert_eq!(lists.body, body);

    let request = client("http://127.0.0.1:9".to_owned()).voices().speak(1, 7).limit(f32::NAN);
    let Err(Error::InvalidArgument(error)) = outcome(request.into_future()) else {
        panic!("it is sent")
    };
    assert!(error.to_string().ends_with("`limit`: it is not finite"), "{error}");
}
