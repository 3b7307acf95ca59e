//! The calls of docs/calls.md.

use api::{Client, Error};

use crate::server::sent;

pub fn reads() {
    let created = sent(|url| async move {
        let stripe = Client::builder().base_url(url).build().unwrap();
        stripe.payment_intents().create(2000, "usd").customer("cus_1").await.unwrap();
    });
    assert_eq!(created.body, "amount=2000&currency=usd&customer=cus_1");
    let _ = calls;
}

async fn calls(stripe: Client) -> Result<(), Error> {
    stripe.customers().create().email("ann@example.com").name("Ann").await?;
    stripe.payment_intents().create(2000, "usd").customer("cus_1").await?;
    Ok(())
}
