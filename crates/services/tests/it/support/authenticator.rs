//! A passkey authenticator in software, with the flaws that tests want of it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub const ORIGIN: &str = "https://portal.business.example";

/// Keys of one device, and the browser around it.
pub struct Authenticator {
    /// Whether it checks that it is its owner.
    pub verifies: bool,
    /// The page's address, as the browser tells it.
    pub origin: &'static str,
    counts: bool,
    counter: u32,
    keys: Vec<Key>,
}

struct Key {
    id: Vec<u8>,
    user: String,
    secret: SigningKey,
}

impl Default for Authenticator {
    fn default() -> Self {
        Self { verifies: true, counts: true, origin: ORIGIN, counter: 0, keys: Vec::new() }
    }
}

impl Authenticator {
    /// One whose keys have no counter, as those that are synchronised between devices.
    pub fn without_counter() -> Self {
        Self { counts: false, ..Self::default() }
    }

    /// One that anybody who holds it can use.
    pub fn that_verifies_nobody() -> Self {
        Self { verifies: false, ..Self::default() }
    }

    /// The newest key's id, as it is stored.
    pub fn key_id(&self) -> String {
        encode(&self.keys.last().expect("a key").id)
    }

    /// Sets its counter, as a copy of it would have it.
    pub fn set_counter(&mut self, counter: u32) {
        self.counter = counter;
    }

    /// What `navigator.credentials.create` answers; `None` when it has a key of the account already.
    pub fn create(&mut self, options: &Value) -> Option<String> {
        let options = &options["create"];
        let selection = &options["authenticatorSelection"];
        assert_eq!(selection["residentKey"], "required");
        assert_eq!(selection["userVerification"], "required");
        let excluded = options["excludeCredentials"].as_array().cloned().unwrap_or_default();
        if excluded.iter().any(|key| self.keys.iter().any(|own| key["id"] == encode(&own.id))) {
            return None;
        }
        let seed = Sha256::digest(format!("{}{}", self.keys.len(), options["challenge"]));
        let secret = SigningKey::from_slice(&seed).expect("a key");
        let id = seed.iter().rev().copied().collect::<Vec<u8>>();
        let point = secret.verifying_key().to_sec1_point(false);
        let (_, coordinates) = point.as_bytes().split_first().expect("a point");
        let (x, y) = coordinates.split_at(32);
        let mut data = self.data(text(options, "/rp/id"), 0x40);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(&id);
        // COSE: key type EC2, ES256, curve P-256, x, y.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        // CBOR: { fmt: "none", attStmt: {}, authData }.
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).expect("short"));
        attestation.extend(data);
        let response = json!({
            "clientDataJSON": encode(self.client("webauthn.create", options).as_bytes()),
            "attestationObject": encode(&attestation),
            "transports": ["internal", "of-tomorrow"],
        });
        let user = text(options, "/user/id").to_owned();
        let answer = credential(&id, &response, &json!({ "credProps": { "rk": true } }));
        self.keys.push(Key { id, user, secret });
        Some(answer)
    }

    /// What `navigator.credentials.get` answers with its newest key.
    pub fn get(&mut self, options: &Value) -> String {
        let options = &options["get"];
        assert_eq!(options["allowCredentials"], json!([]), "nobody's keys are told");
        assert_eq!(options["userVerification"], "required");
        if self.counts {
            self.counter += 1;
        }
        let key = self.keys.last().expect("a key");
        let data = self.data(text(options, "/rpId"), 0);
        let client = self.client("webauthn.get", options);
        let signed = [data.as_slice(), &Sha256::digest(client.as_bytes())].concat();
        let signature: Signature = key.secret.sign(&signed);
        let response = json!({
            "clientDataJSON": encode(client.as_bytes()),
            "authenticatorData": encode(&data),
            "signature": encode(signature.to_der().as_bytes()),
            "userHandle": key.user,
        });
        credential(&key.id, &response, &json!({}))
    }

    /// Hash of the domain, flags, counter.
    fn data(&self, domain: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { 0x04 } else { 0 };
        let mut data = Sha256::digest(domain.as_bytes()).to_vec();
        data.push(flags | 0x01 | verified);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }
}

fn text<'a>(options: &'a Value, pointer: &str) -> &'a str {
    options.pointer(pointer).and_then(Value::as_str).expect(pointer)
}

fn credential(id: &[u8], response: &Value, extensions: &Value) -> String {
    let id = encode(id);
    json!({
        "id": id, "rawId": id, "type": "public-key",
        "response": response, "clientExtensionResults": extensions, "authenticatorAttachment": "platform",
    })
    .to_string()
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
