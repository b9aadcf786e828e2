use domain::access::{RowChange, StaffRole};
use mail_parser::{MessageParser, MimeHeaders};
use services::{
    ServiceError,
    mail::{MailTransport, drain},
    settings::{MAX_LOGO, get_logo, remove_logo, save_logo},
};

use super::outsiders;
use crate::support::on_each_database;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0neither";

#[test]
fn only_administrators_change_the_logo() {
    on_each_database(|portal| async move {
        for cx in outsiders(&portal).await {
            assert!(matches!(save_logo(&cx, PNG.to_vec()).await, Err(ServiceError::NotFound)));
            assert!(matches!(remove_logo(&cx).await, Err(ServiceError::NotFound)));
        }
        let nobody = portal.anonymous();
        assert!(matches!(save_logo(&nobody, PNG.to_vec()).await, Err(ServiceError::Unauthenticated)));
        assert!(matches!(remove_logo(&nobody).await, Err(ServiceError::Unauthenticated)));
    });
}

#[test]
fn pictures_are_taken_and_nothing_else() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        let mut large = PNG.to_vec();
        large.resize(MAX_LOGO + 1, 0);
        for wrong in [b"<svg xmlns='x'><script/></svg>".to_vec(), b"GIF89a".to_vec(), Vec::new(), large] {
            let Err(ServiceError::Invalid(errors)) = save_logo(&cx, wrong).await else { panic!("accepted") };
            assert!(errors.get("logo").is_some());
        }
        assert_eq!(portal.anonymous().settings().logo_path(), None);
        let mut largest = PNG.to_vec();
        largest.resize(MAX_LOGO, 0);
        save_logo(&cx, largest).await.expect("takes it");
    });
}

#[test]
fn a_logo_is_served_by_its_hash_also_after_another_one_came() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        save_logo(&cx, PNG.to_vec()).await.expect("saves");
        save_logo(&cx, PNG.to_vec()).await.expect("a second press does no harm");
        let path = portal.anonymous().settings().logo_path().expect("a logo");
        let file = path.strip_prefix("/brand/").expect("below /brand");
        assert!(file.ends_with(".png"), "{file}");
        save_logo(&cx, JPEG.to_vec()).await.expect("saves");
        let newer = portal.anonymous().settings().logo_path().expect("a logo");
        assert!(newer.ends_with(".jpg") && newer != path);
        let old = get_logo(&portal.portico, file).await.expect("looks").expect("still there");
        assert_eq!((old.media.as_str(), old.content.as_slice()), ("image/png", PNG));
        for wrong in ["", "x", "../x", &file.replace(".png", ".jpg"), &file.replace(".png", "")] {
            assert!(get_logo(&portal.portico, wrong).await.expect("looks").is_none(), "{wrong}");
        }
        remove_logo(&cx).await.expect("removes");
        remove_logo(&cx).await.expect("nothing left to remove");
        assert_eq!(portal.anonymous().settings().logo_path(), None);
    });
}

#[test]
fn the_logo_travels_with_every_mail() {
    on_each_database(|portal| async move {
        let cx = portal.staff(StaffRole::Administrator).await;
        save_logo(&cx, PNG.to_vec()).await.expect("saves");
        let acme = portal.company("Acme").await;
        let ann = portal.person(acme, "Ann", "ann@acme.example").await;
        portal.change(ann, "ann@acme.example", RowChange::Grant).await;
        let folder = temp_dir::TempDir::new().expect("a folder");
        let transport =
            MailTransport::parse(&format!("file:{}", folder.path().display())).expect("a transport");
        drain(&portal.portico, &transport).await.expect("delivers");
        let file =
            std::fs::read_dir(folder.path()).expect("a folder").next().expect("a mail").expect("a file");
        let bytes = std::fs::read(file.path()).expect("reads");
        let mail = MessageParser::default().parse(&bytes).expect("parses");
        assert!(mail.body_html(0).is_some_and(|html| html.contains("src=\"cid:business-logo\"")));
        assert!(mail.body_text(0).is_some_and(|text| text.contains("/accept/")));
        let logo = mail.attachments().next().expect("the picture");
        assert_eq!((logo.content_id(), logo.contents()), (Some("business-logo"), PNG));
        assert_eq!(logo.content_type().map(|media| media.ctype()), Some("image"));
    });
}
