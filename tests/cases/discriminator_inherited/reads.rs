//! A kind by each of its tags, a kind that is not known, and one that lacks what it requires.

use api::models::{Shape, Truck, Vehicle};

pub fn reads() {
    let read = |json: &str| serde_json::from_str::<Vehicle>(json).unwrap();
    let Vehicle::Car(car) = read(r#"{"code":"CAR","seats":4,"tows":{"code":"TANKER","litres":9}}"#)
    else {
        panic!("it is a car");
    };
    assert_eq!(car.seats, Some(4));
    let Some(Vehicle::Tanker(tanker)) = car.tows.as_deref() else {
        panic!("it tows a tanker");
    };
    assert_eq!(tanker.litres, 9);
    assert!(matches!(read(r#"{"code":"LORRY"}"#), Vehicle::Truck(_)));
    let bike = r#"{"code":"BIKE","bell":true}"#;
    let Vehicle::Base(base) = read(bike) else {
        panic!("what no kind is known by is a vehicle");
    };
    assert_eq!(base.code, "BIKE");
    assert_eq!(base.extra["bell"], true);
    assert_eq!(serde_json::to_string(&read(bike)).unwrap(), bike);

    let tanker: Truck = serde_json::from_str(r#"{"code":"TANKER","axles":3,"litres":1}"#).unwrap();
    assert!(matches!(tanker, Truck::Tanker(_)));
    let wrong = serde_json::from_str::<Vehicle>(r#"{"code":"CAR","tows":{"code":"TANKER"}}"#);
    let text = wrong.unwrap_err().to_string();
    assert!(
        text.contains(r#"["tows"]: missing field `litres`"#),
        "{text}"
    );

    let ring: Shape = serde_json::from_str(r#"{"kind":"ring","radius":2}"#).unwrap();
    assert!(matches!(ring, Shape::Disc(disc) if disc.radius == 2.0));
    assert!(matches!(
        serde_json::from_str(r#"{"kind":"cone"}"#).unwrap(),
        Shape::Unknown(_)
    ));
}
