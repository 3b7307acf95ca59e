//! Whatever a server sends, the runtime does not panic.

use proptest::prelude::*;
use runtime::runtime::decode;

use super::envelope::Record;
use super::responses::read;
use super::support::{self, Step, response, run};

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_as_a_body_never_panic(
        body in any::<Vec<u8>>(), status in 200_u16..600, gzip in any::<bool>(),
    ) {
        let encoding = if gzip { "gzip" } else { "identity" };
        let headers = [("content-type", "application/json"), ("content-encoding", encoding)];
        let step = response(&format!("{status} A"), &headers, body);
        let result = run(read(step, decode::enveloped::<Vec<Record>>));
        let _ = format!("{result:?}");
    }

    #[test]
    fn arbitrary_json_never_panics(
        body in "[{}\\[\\]\",:0-9a-z.eE\\\\ -]{0,40}|\\{\"(success|result|errors|email)\":.{0,20}\\}",
        rejected in any::<bool>(),
    ) {
        let step = support::json(if rejected { "400 A" } else { "200 A" }, body);
        let result = run(read(step, decode::enveloped::<Vec<Record>>));
        let _ = format!("{result:?}");
    }

    #[test]
    fn arbitrary_bytes_on_the_wire_never_panic(bytes in any::<Vec<u8>>()) {
        let _ = run(read(Step::Send(bytes), decode::text));
    }
}
