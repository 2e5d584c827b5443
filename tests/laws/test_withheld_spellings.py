"""What an author has not published is known in more words, tables and languages, and so is a plain "no"."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.model import Document, RecordKey, SourceFile
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.quick import quick_key
from refeed.records.reader import read_metadata

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
# Each is a statement of a generator or an exporter, a damaged line, or a word of another language.
WITHHELD: Final = (
    *("permissions: private", "acl: private", "acl: [private]", "group: private", "login: required", "login: true"),
    *("pub: false", "pub: no", "wip: yes", "wip: until Monday", "deleted: 2025-01-01", "deleted: 1735689600"),
    *("locked: true", "trash: yes", "unfinished: yes", "draft: round 1"),  # an unclear `draft` withholds
    *("visibility: tiers", "audience: only_paid", "members_only: true", "isUnlisted: true"),
    *("is_visible: false", "publish_status: draft", "publication_status: draft"),
    *("published_status: draft", "published_state: in review", "pub_status: draft", "visibility_status: private"),
    *("publishing_status: draft", "article_status: draft", "wp_status: draft", "workflow: draft"),
    *("workflow_state: draft", "stage: draft", "embargo: true", "hidden: private", "pending: true"),
    *("trash: true", "trashed: true", "deleted: true", "is_deleted: true", "do_not_publish: true"),
    *("dont_publish: true", "nopublish: true", "not_published: true", "unpublish: true"),
    *("visibility: none", "visibility: only me", "visibility: subscribers", "privacy: private"),
    *("access: restricted", "passcode: x1", "pass: x1", "pw: x1", "status: Draft."),
    *("status: draft (needs edit)", "status: 🌱 draft", "status: first draft", "status: rough draft"),
    *("status: draft-2", "status: draft, hidden", "状態: 下書き", "status: 未发布", "status: 未公開", "公開: false"),
    *("下書き: true", "非公開: true", "加密: true", "borrador: true", "brouillon: true", "rascunho: true"),
    *("état: brouillon", "durum: taslak", "trạng thái: bản nháp", "состояние: черновик", "zustand: entwurf"),
    *("situacao: rascunho", "allapot: vázlat", "status: discarded", "status: not used", "state: scrapped"),
    *("発行: false", "isReady: false"),
    *("черновик: true", "statut: brouillon", "estado: borrador", "статус: черновик", "초안: true", "상태: 초안"),
    *("published: non", "published: nein", "date: {created: 2025-01-01, published: false}"),
    *("draft: {value: true}", "status: {name: draft}", "taxonomies: {status: [draft]}"),
    *("params:\n  x:\n    draft: true", "cascade:\n  draft: true", "frontmatter:\n  draft: true"),
    *("article: {draft: true}", "fields: {draft: true}", "attributes: {draft: true}"),
    *("custom: {draft: true}", "data: {draft: true}", "draft：true", "draft:\xa0true", "  draft: true"),
    *("\tdraft: true", "dra\u200bft: true", "<<: {draft: true}", "x: a: b\nextra: {draft: true}"),
    *("x: a: b\n? draft\n: true", "draft: false\ndraft: true"),
    *("reviewStatus: pending", "draft-state: draft", "content_status: Under review", "publishState: unpublished"),
    *("dg-publish: false", "approved: no", "ready: false", "viewable: false", "render: false"),
    *("build: {render: link}", "permalink: false", "status: 0", "status: false", "requires_login: true"),
    *("visible_to: me", "restricted: true", "is_secret: yes", "unfinished: true", "trashed_at: Monday"),
    *("in_draft: true", "to-publish: false", "publishable: no", "premium: true", "paywall: yes", "progress: draft"),
    *("prive: oui", "publie: non", "Öffentlich: nein", "público: não", "gepubliceerd: nee", "concept: ja"),
    *(
        "taslak: evet",
        "приватно: да",
        "是否发布: 否",
        "发布状态: 草稿",
        "可见性: 私密",
        "status: 草稿中",
        "访问密码: x1",
    ),
    *("公開範囲: 自分のみ", "ステータス: 下書き", "공개여부: 비공개"),
    *(
        "permissions: {visibility: private}",
        "settings: {draft: true}",
        "seo: {draft: true}",
        "publishing: {status: draft}",
        "workflow: {state: draft}",
    ),
    *("published: {status: false}", "options:\n  deep:\n    draft: true", "draft\u00ad: true"),
    *("* draft: true", "%draft: true", "draft; true", "draft - true", "draft true", "draft => true"),
    *("x: a: b\n* draft: true", "x: a: b\nDraft yes"),
    *(
        "state: queued",
        "state: submission",
        "state: unapproved",
        "status: queue",
        "Status: Not started",
        "moderation_state: draft",
        "status: waiting",
    ),
    *("status: post_draft", "visible: PRIVATE", "visible: INTERNAL", "ignorePublish: true", "security: friends"),
    *("security: usemask", "visibility: direct", "visibility: logged in", "published: not yet", "published: nope"),
    *("status: do not publish", "status: internal only", "status: awaiting approval", "status: submitted"),
    *(
        "statut: en attente",
        "status: en cours",
        "status: inactive",
        "state: 0",
        "publish_on: TBD",
        "publishDate: tba",
        "publish_on: next Monday",
    ),
    *("publishedAt: null", "published_at: ~", "published_on: none", "first_published_at: null", "status: -2"),
    *("Published?: No", "draft?: true", "published: ikke", "published: nei", "published: нет", "published: לא"),
    *("status: disabled", "status: brainstorming", "status: awaiting a picture", "status: not for everyone"),
    *("visibility: subscriber", "access: patrons", "access: registered", "routable: false", "friends_only: 1"),
    *("isDelisted: true", "passwords: [a, b]", "protect: true", "type: draft", "type: post_draft", "kind: draft"),
    *("status: ドラフト", "status: مسودة", "стан: чернетка", "status: Ready to publish", "status: Doing"),
    *("saveAsDraft: true", "eleventyExcludeFromCollections: true", "exclude_from_collections: true"),
    *("tags: draft", "tags: [tides, Draft]", "tags:\n  - private", "categories: [Drafts]", "category: WIP"),
    *("tags: do-not-publish", "tags: [nopublish]", "tags: [tides, 未发布]", "tags: 待发布", "tags: [私密]"),
    *("tags: '#status/draft'", "keywords: [草稿]", "secret: until May", "internal: yes", "restricted: members"),
    *("active: false", "enabled: no", "isEnabled: false", "is_active: 0", "live: false", "publish_to: none"),
    *("nofeed: true", "hiddenFromRss: true", "hide_from_feed: yes", "rss: false", "in_feed: no", "statut: prepa"),
    *("hideInList: true", "hide_in_list: yes"),
    *("status: held", "status: to publish", "publish_to: [none]", "params: {hiddenFromFeed: true}", "rss_ignore: true"),
    *("ready_to_publish: no", "should be public: false", "already_live: no", "internal_only: true", "removed: true"),
    *("in_trash: true", "isPreview: yes", "date_published: null", "publish_date: never", "feed: exclude", "rss: skip"),
    *("phase: draft", "version: WIP", "maturity: draft", "label: private", "flags: [draft]", "confidence: unpublished"),
    *("stage: Writing ✍️", "status: 💡 Idea", "status: 1. Draft", "publicada: no", "publicerad: nej", "julkaistu: ei"),
    *("公開する: いいえ", "게시: 아니오", "đã xuất bản: không", "nháp: có", "منشور: لا", "publikováno: ne"),
    *("şifre: x1", "sifre: x1", "كلمة المرور: x1", "رمز عبور: x1", "mật khẩu: x1", "kata sandi: x1", "รหัสผ่าน: x1"),
    *("وضعیت: پیش‌نویس", "สถานะ: ฉบับร่าง", "منتشر شده: خیر", "เผยแพร่: ไม่"),
    *("status: published, hidden", "access: premium", "email_type: private", "audience: supporters"),
    *("\u202edraft: true", "**draft**: true", "`draft`: true", "work-in-progress: true", "under construction: yes"),
    *("disabled: true", "inactive: yes", "excluded: true", "ignore: true", "withdrawn: true", "for_members: true"),
    *("requires_subscription: true", "isAccessibleForFree: false", "public_access: false", "visible_for: members"),
    *(
        "access:\n  site.login: true",
        "access: {admin.login: true}",
        "access: {site.paid: yes}",
        "ShouldOutput: false",
        "draft.of: Tide",
    ),
    # A merge key puts a table elsewhere, and a text may have a name.
    *("base: &b {draft: true}\n<<: *b", "base: &b {private: true}\nseries: &s {name: x}\n<<: [*s, *b]"),
    *("base: &b\n  published: false\n<<: *b", "base: &b\n  status: draft\npost:\n  <<: *b"),
    *("bases:\n  one: &b {status: draft}\n<<: *b", "state: &d draft\nstatus: *d", "all: &d [draft]\ntags: *d"),
    # So may a "no", and a key; a tag says of what type a value is.
    *(
        "published: &p false",
        "published: &p no",
        "published: !custom false",
        "public: &p false",
        "isPublished: &x false",
    ),
    *('published: &p "no"', "published: &p !custom no", "published: !<x:y> no", "published: &p # why\n  false"),
    *("published: !!bool &p false", "x: a: b\npublished: &p no", "params:\n  published: &p false", "render: &r false"),
    *("&p published: false", "!x published: false", "params: {published: &p no}", "x: a: b\n? published\n: &p no"),
    *("meta: &m {draft: true}\n!!merge <<: *m", 'meta: &m {draft: true}\n"<<": *m', "meta: &m {draft: true}\n'<<': *m"),
    *("base: &b {published: no}\n? <<\n: *b", "base: &b\n  published: no\n!!merge <<: *b", "flag: &f no\npublic: *f"),
    *("vis: &b\n  - draft\nstatus: *b", "x: a: b\nvis: &b\n  - draft\nstatus: *b", "k: &k draft\n*k : true"),
    *(
        "x: a: b\nk: &k draft\n*k : true",
        "all: &d.1 draft\nstatus: *d.1",
        "k: &état draft\nstatus: *état",
        "all: {one: &d draft}\nstatus: [*d]",
    ),
    *("published: &a yes\npublished: &b no", "published: & false", "published: &p 'no", "x: a: b\ntags: [&d draft, x]"),
    *(
        "x: a: b\ntags:\n- &d draft",
        "tags:\n- !!str &d draft",
        "x: a: b\n  published: &p no",
        "x: a: b\npublic: !x &y no",
    ),
    *("foo: &b\n  draft: true", "x: a: b\nbase: &b {published: no}\npost: {<<: [*b]}", "status: &s draft"),
    # Emphasis, brackets and remarks around a switch.
    *("published: *false*", "published: **false**", "draft: **true**", "public: **no**", "published: _no_"),
    *("published: `false`", "published: ==false==", "published: (false)", "published: <no>", "published: =false"),
    *("published: &p false: x", "published: false: x", "published: false // later", "published: False (for now)"),
    *("published: false <!-- later -->", "published: no, later", "published: false for now", "published: ｆａｌｓｅ"),
    *("published: no // later", "published: No (for now)", "published: False – wait"),
    *("published: onwaar", "published: fałsz", "published: 未", "published: ⬜", "draft: waar", "auth: true"),
    *("page_password: x1", "article-password: x1", "members: true", "vip: yes", "needLogin: true"),
    # Tables that are merged into tables.
    *("base: &b {draft: true}\nextra: {<<: *b, date: 2025-01-01}", "base: &b {draft: true}\n<<: {x: 1, <<: *b}"),
    # For those who pay, log in or are asked in: themes, membership plug-ins and content systems, each in its own words.
    *(
        "subscribers: true",
        "friends: true",
        "member: yes",
        "paid: true",
        "roles: [member]",
        "roles: [subscriber, paid]",
    ),
    *(
        "tier: paid",
        "tiers: [premium]",
        "plan: premium",
        "subscription: required",
        "membership: paid",
        "exclusive: members",
    ),
    *("access: member", "access: authenticated", "access: staff", "access: {users: admin}", "access: invite-only"),
    *("visibility: team", "visibility: [paid]", "visibility: authenticated", "permission: private", "acl: members"),
    *("permissions: {read: [admin]}", "acl: {read: members}", "acl: [staff]", "post_access: members", "view: members"),
    *("postVisibility: private", "privacyLevel: PRIVATE", "privacy_level: friends", "access_control: restricted"),
    *(
        "restricted_to: members",
        "restrict_to: [admin]",
        "allowed_roles: [member]",
        "allowedUsers: [ada]",
        "only_for: friends",
    ),
    *(
        "required_tier: gold",
        "minimum_tier: 5",
        "required_role: editor",
        "protect: logged_in",
        "access: limited",
        "shared_with: [ada]",
        "patreon_level: 5",
    ),
    *("paywall: hard", "paywall: {enabled: true}", "paid_content: true", "premiumContent: true", "gated_content: yes"),
    *(
        "password_required: true",
        "has_password: true",
        "passwordProtect: true",
        "requires_auth: true",
        "is_free: false",
    ),
    *("restricted_access: true", "staff_only: true", "email_only: true", "privatePost: true", "patrons_only: true"),
    *("classification: confidential", "sensitivity: internal", "confidentiality: secret", "sharing: private"),
    *("content_type: premium", "post_type: members-only", "layout: password-protected", "type: members_only"),
    *("tags: [members-only]", "tags: [sea, subscribers-only]", "category: Paid-only"),
    *("show_on_site: false", "publish_to_web: no", "generate: false", "skip_build: true", "not_listed: true"),
    *("removed_at: '20250101'", "deletedOn: last week", "withdrawn_at: 2025-02-30", "soft_deleted: true"),
    *("deleted_at: 2029-02-30", "withdrawn_at: soon", "post: {deleted_at: 2029-01-01}"),  # in doubt, now
    *("tier: gold", "membership: Silver", "tiers: [bronze, gold]", "audience: family", "audience: close friends"),
    *(
        "passwords: k7Q2",
        "passwords: [k7Q2, x]",
        "passwords: foo bar",
        "passwords: k7Q2 for7 x",
        "visibility: ['#members']",
        "tags: ['#members']",
        "tags: ['#paid', sea]",
    ),
    *("is_hidden: 1\nnavigation_hidden: 1", "is_hidden: true\nviewBag: {code: tide}"),
    *("retracted: true", "tombstone: true", "status: spam", "status: embargo", "status: publish later"),
    *("encrypt: {enabled: true}", "draft: {enabled: yes}", "private: {on: true}", "published: {enabled: false}"),
    # No reader but these, and a word that withholds whoever stands beside it.
    *("visibility: [public, private]", "access: [public, hidden]", "acl: [public, private]", "acl: {view: team}"),
    *("permissions: {write: public, read: members}", "permissions: {comments: private}", "acl: [{read: staff}]"),
    *("access: {roles: [staff]}", "allowed_roles: member, staff", "shared_with: [twitter, ada]", "paywall: members"),
    *("min_level: members", "required_level: premium", "only_for: family", "restricted_to: subscribers, staff"),
    *(
        "protect: admin",
        "protect: ip_address",
        "view: admin",
        "deleted_at: 0001-02-03",
        "deleted_at: 00:00:01",
        "deleted_at: t",
    ),
    # Misskey's notes: to those whom they name, and unlisted; WordPress and Patreon under names of their own.
    *("visibility: specified", "visibleUserIds: [a1]", "visibility: home", "wordpress_status: draft", "patron_tier: 5"),
    *("friends: only", "members: only", "subscribers: Only", "auth: required", "for: members", "only: [members]"),
    *("only-me: true", "onlyme: yes", "just_me: true", "shared_with: nobody", "share_with: [nobody]"),
    *("status: incomplete", "layout: hidden", "privacy: nobody", "privacy: me"),
    *("tags: [friends-only]", "tags: [sea, FriendsOnly]", "tags: onlyme", "tags: [only-me]"),
    *("category: Entwürfe", "tags: [brouillons]", "categories: [sea, Черновики]"),
    *("pass: swordfish", "password: garden", "visibility: {value: private}", "visibility: {toc: private}"),
)
# The article itself is of 2025: the later date is that of its release.
HELD: Final = (
    # Whole dates, however far ahead: nobody who writes one means now, and many mean never.
    *(f"date: {year}-12-31T23:59:59{zone}" for year in (2100, 2200, 3000, 9999) for zone in ("Z", "-12:00", "+14:00")),
    *("date: Fri, 31 Dec 9999 23:59:59 GMT", "date: 9999-12-31 23:59:59", "date: 9999-12-31", "date: 9999年12月31日"),
    "date: 9999-12-31T23:59:59Z\nupdated: 2025-03-0\ufffd 05:06:07",
    # No such day, but of a year that is still to come.
    *(f"{key}: {day}" for key in ("publishDate", "embargo", "go_live", "date") for day in ("2099-13-01", "9999-99-99")),
    *("publishDate: 9999-12-31T23:59:59-12:00", "publish_on: 31 Foo 2099", "embargo: 20991331"),
    "date: 2025-03-04 05:06:07\ndate: 2027-01-01",  # YAML's readers take the last
    "x: a: b\ndate: 2025-03-04 05:06:07\ndate: 2027-01-01",
    *("pubDatetime: 2027-06-01", "published_on: 2027-06-01", "posted_on: 2027-06-01"),
    *("publishDate: &d 2027-06-01", "published_on: !!str &d 2027-06-01", "base: &b {publishDate: 2027-06-01}\n<<: *b"),
    *("publication_date: 2027-06-01", "first_published_at: 2027-06-01", "post_date: 2027-06-01"),
    *("issued: 2027-06-01", "published_time: 2027-06-01", "发布日期: 2027-06-01", "发布时间: 2027-06-01"),
    *("go_live: 2027-06-01", "live_date: 2027-06-01", "available_from: 2027-06-01"),
    *("available_on: 2027-06-01", "publish_from: 2027-06-01", "visible_from: 2027-06-01"),
    *("not_before: 2027-06-01", "publish_time: 2027-06-01", "scheduled_publish: 2027-06-01"),
    *("publish: 2027-06-01", "publish_up: 2027-06-01", "live_at: 2027-06-01", "public-from: 2027-06-01"),
    *("send_at: 2027-06-01", "active_from: 2027-06-01", "publish_start: 2027-06-01", "date_live: 2027-06-01"),
    *("hidden_until: 2027-06-01", "draftUntil: 2027-06-01", "scheduled_time: 2027-06-01"),
    *("公開予定日: 2027-06-01", "发布于: 2027-06-01", "게시일: 2027-06-01", "dates: {publish: 2027-06-01}"),
    *("publish_date: 2027-05", "publish_date: 2027", "publish_date: 03/04/2027"),
    *("published_on: 2027年5月", "publish_date: 2026-01"),  # NOW is in that month
    "publish_date: 10/01/2026",  # in October, maybe
    "date: &d 2027-06-01",
    *("base: &b {publishDate: 2027-06-01}\nextra: {<<: *b, x: 1}", "base: &b {publishDate: 2027-06-01}\n<<: {<<: *b}"),
)
# Its time was over before NOW.
EXPIRED: Final = (
    *("expires: &e 2025-06-01", "expires: !day 2025-06-01"),
    *("expires_on: 2025-06-01", "expired_at: 2025-06-01", "expire_after: 2025-06-01"),
    *("valid_to: 2025-06-01", "valid_through: 2025-06-01", "publish_down: 2025-06-01", "hide-after: 2025-06-01"),
    *("offline_date: 2025-06-01", "unpublished_at: 2025-06-01", "過期時間: 2025-06-01"),
    *("active_until: 2025-06-01", "publish_end: 2025-06-01", "remove_on: 2025-06-01", "takedown: 2025-06-01"),
    *("expirationTime: 2025-06-01", "base: &b {expires: 2025-06-01}\nextra: {<<: *b, date: 2025-03-04}"),
    *("expiryDate: 03/04/2025", "expires: 2025-11", "expires: 01/02/2026"),
    *("removed_at: 2025-01-01", "deletedOn: 2025-01-01 07:30", "withdrawn_at: 2025-01-01T00:00:00Z"),
)
# A no in another language, an empty value, or a word about something else.
PUBLIC: Final = (
    *("locked: 12 doors", "deleted: scenes", "wip: knitting", "trash: collection", "unfinished: symphonies"),
    *("group: Private Eye", "acl: [ada]", "login: ada", "pub: The Anchor", "pub: true", "permissions: {comment: all}"),
    *("date: 0001-01-01T00:00:00+14:00\ncreated: 2025-03-04", "publishDate: 2020-13-01"),
    *("draft: нет", "draft: nein", "draft: non", "draft: いいえ", "draft: n/a", "draft: disabled"),
    *("private: いいえ", "protected: nobody", "state: deleted scenes", "visibility: null", "access: open"),
    *("state: California", "access: [all]", "visibility: everyone", "build: {render: always}"),
    *("access: {site.login: false}", "access: {site.paid: no}", "access: {rail: true}", "ShouldOutput: true"),
    *("base: &b {author: Ada}\n<<: *b", "base: &b {draft: false}\n<<: *b", "no: &n false\ndraft: *n"),
    *("draft: &d no", "published: &p yes", "published: !custom true", "base: &b {published: yes}\n!!merge <<: *b"),
    *("subtitle: &c the rest", "note: !important", "draft: &d false\nprivate: *d", "k: &k draft\n*k : false"),
    *("draft: *false*", "draft: **no**", "private: (false)", "draft: ｆａｌｓｅ", "draft: onwaar", "published: *true*"),
    *("published: No Starch Press", "published: Non-fiction Weekly", "published: No. 5", "members: [ada]", "vip: Ada"),
    # For everybody; who wrote it or whom it is about; prices, plans and roles of something else.
    *(
        "access: public",
        "roles: [author]",
        "roles: [admin, editor]",
        "role: member",
        "tier: free",
        "tiers: [S]",
    ),
    *(
        "plan: B",
        "plan: free",
        "subscription: none",
        "membership: free",
        "paid: 12",
        "paid: {by: ada}",
        "exclusive: true",
    ),
    *(
        "restricted_to: everyone",
        "allowed_roles: [guest]",
        "paywall: none",
        "paywall: false",
        "paywall: {enabled: false}",
    ),
    *("shared_with: []", "minimum_tier: 0", "required_role: any", "permissions: {edit: admin}", "acl: {write: staff}"),
    *(
        "classification: birds",
        "sensitivity: high",
        "share: true",
        "sharing: {twitter: hidden}",
        "view: card",
        "read: 5 min",
    ),
    *("readers: children", "viewers: 200", "audience: staff", "audience: families", "friends: [ada]", "friends: 3"),
    *("encrypt: {enabled: false}", "password: {enabled: false}", "draft: {enabled: no}", "private: {on: false}"),
    *("deleted_at: null", "removed_at: ''", "is_free: true", "generate: true", "layout: password", "type: members"),
    *("tags: [members, only]", "tags: [paid leave]", "status: staging", "patreon: ada", "price: 5"),
    # Octopress shows buttons for sharing or not; what the article is about; a tag that is a subject.
    *(
        "sharing: off",
        "sharing: false",
        "passwords: about them",
        "passwords: why they fail",
        "withdrawn_at: 2029-01-01",
        "tags: [members, gold]",
    ),
    *("tier: 2", "plan: gold rush", "audience: gold", "is_hidden: 1", "is_hidden: false\nnavigation_hidden: 1"),
    # Whoever else stands beside everybody.
    *("roles: [everyone, member]", "roles: [public, premium]", "tiers: [free, premium]", "tiers: [public, members]"),
    *("shared_with: [public, members]", "access_groups: [public, staff]", "allowed_roles: [guest, member]"),
    *("required_roles: [guest, user]", "allowed_roles: guest, member", "permission: [all, staff]"),
    *("permissions: {read: [public, members]}", "access: {roles: [everyone, staff]}"),
    # Who may do something else with it, or see something beside it.
    *("permissions: {comments: members}", "permissions: {write: members, read: public}", "acl: {edit: internal}"),
    *("permissions: {reply: subscribers, view: everyone}", "acl: {edit: members, view: public}"),
    *("permissions: [{write: members, read: public}]", "visibility: {toc: limited}", "view: {sidebar: team}"),
    # Levels of courses and games, systems, countries, animals, networks, samples, templates.
    *("min_level: 3", "min_level: 1", "minimum_level: N5", "required_level: beginner", "only_for: Windows"),
    *("restricted_to: EU", "shared_with: [twitter, facebook]", "shared_with: 2", "shared_with: true"),
    *("shared_with: https://a.example/tide", "shared_with: Twitter, Mastodon", "protect: wildlife"),
    *("paywall: metered", "paywall: preview", "paywall: partial", "view: team", "view: company"),
    # Days that never were.
    *("removed_at: 0000-00-00 00:00:00", "removed_time: 00:00:00", "trashed_date: 0001-01-01T00:00:00Z"),
    *(
        "deleted_at: 0000-00-00",
        "deleted_at: 0001-01-01T00:00:00+14:00",
        "deleted_on: -0001-11-30 00:00:00",
        "removed_on: 0001-01-01 00:00:00",
    ),
    # No limits on who reads it; a word in another place is another thing.
    *(
        "privacy: none",
        "privacy: false",
        "privacy: off",
        "visibleUserIds: []",
        "view: home",
        "for: Ada",
        "only: [index]",
    ),
    *("tags: [members]", "tags: [friends]", "category: Entwürfe\nstatus: published", "friends: none", "auth: none"),
    *("finished: false", "completed: false", "layout: home", "category: Szkice", "shared_with: none"),
    # Names that begin like a no.
    *("published: False Dawn Press", "published: Na (Press)", "published: Nu/Metal", "published: Ne, Le Monde"),
    *("published: NA, 2019", 'published: "Off: A Journal"', "published: None (self-published)", 'published: "No: 14"'),
    *('published: "No #14"', "published: False Überbau", 'published: "False: A Journal"', "published: No, Thanks"),
    # How many members, who they are, or how a service knows them; no plain yes at the top.
    *("members: 1", "extra: {members: 1}", "members: [x, y]", "members: {alice: yes}", "members: On", "vip: [Y]"),
    *("auth: {basic: true}", "options: {auth: yes}", "params: {vip: true}", "members: false"),
    *("draft: [false]", "draft: {value: false}", "published: https://x.example/"),
    *("schedule: Mondays 18:00", "audience: everyone", "status: live", "concept: a ferry on rails", "status: null"),
    *("publish_date: 2025", "publish_date: 2025-03", "publish_date: 04/03/2025", "expires: 2026-01"),
    *("release_date: Spring 2019", "published: Nature"),
    *("protected: species", "secret: garden", "internal: combustion", "pending: 3", "restricted: R", "秘密: 花园"),
    *("privat: Familie", "szkic: ołówek", "bozza: Giovanni", "visibility: {toc: no}", "sharing: {visible: false}"),
    *("状态: 私有云已上线", "status: private beta", "estado: Privado de libertad", "type: draft horse"),
    *("visible: false\ntaxonomy:\n  tag: [tide]", "publishedAt: 2025-03-04", "published_at: ''", "status: -"),
    # Empty, a key says nothing: Jekyll, which has it, publishes all that is not `false`.
    *("published: ''", 'published: ""', "published:", "publish_to: [blog, newsletter]", "publish_to: ''"),
    *("topic: draft", "series: Draft", "mode: dark", "label: indie", "version: 1.0-draft.2", "level: beginner"),
    *("flags: [pinned]", "phase: 2", "preview: true", "share: false", "archived: true", "stage: dev"),
    *("blocked: by snow", "exclude: [sidebar]", "free: false", "start_date: 2027-06-01", "end: 2025-06-01"),
    *("audience: admins", "to: Ada", "archived: true", "status: high, low"),
    *("active: Ada", "enabled: true", "live: Berlin", "available: false", "feed: {excerpt_only: false}"),
    *("nofeed: false", "comments: {enabled: false}", "toc: {enabled: false}", "feed: https://a.example/feed.xml"),
    *("rss: true", "sitemap: false", "noindex: true", "comments: {active: no}", "listed: true", "unlisted: false"),
    *("tags: [draft horses]", "tags: [draft]\ndraft: false", "category: Drafts\nstatus: published"),
    *("security: public", "visible: true", "visible: PUBLIC", "state: 1", "ignorePublish: false", "hideInList: false"),
    *("build: {render: always}", "permalink: /tide/", "status: 1", "seo: {draft: false}", "cover: {private: true}"),
    *(
        "x: a: b\nPrivate lives of gulls",
        "x: a: b\ndraft false",
        "layout: post",
        "online: false",
        "lock: true",
        "release: v2",
        "premium: false",
        "progress: 50%",
        "date: 2025-03-04 05:06:07\ndate: 2025-03-05",
        "publication: Nature",
        "content: {rating: 0}",
    ),
)
# The first line of a text, which says nothing else: in a comment, in bold, in a box, in capitals.
MARKS: Final = (
    *("<!-- draft -->", "<!-- DRAFT: do not publish -->", "<!-- private -->", "%% draft: true %%", "[//]: # (draft)"),
    *("**DRAFT**", "*Draft – do not share*", "==WIP==", "> [!warning] DRAFT", "{: .draft}"),
    *(
        "DRAFT",
        "DO NOT PUBLISH!",
        "**🚧 Work in progress**",
        "_Brouillon_",
        "**草稿**",
        "{% comment %}draft{% endcomment %}",
    ),
    *("```{post}\n```", ":::{post}\n:tags: tide\n:::"),  # of ABlog, without a day
)
HEADER: Final = "---\ntitle: Tide\ndate: 2025-03-04\ndraft: true\n---\n\nThe water rose.\n"
PUBLISHED: Final = HEADER.replace("draft: true", "tags: [tide]")
# Files of a day whose text says so: below lines that stand above the header, in a line of tags, in a line of its own.
DRAFTS: Final = (
    *(above + HEADER for above in ("# Tide\n\n", "# Tide\n", "<!-- a note -->\n", "// a note\n", "Tide\n====\n\n")),
    *("<!--\nlint: off\n-->\n\n" + HEADER, "%% a note %%\n" + HEADER, 'import X from "x"\n\n' + HEADER),
    '# Tide\n\n+++\ntitle = "Tide"\ndate = 2025-03-04\ndraft = true\n+++\n\nThe water rose.\n',
    *(PUBLISHED.replace("The", f"{tags}\n\nThe") for tags in ("#draft", "#private #sea", "#sea #wip", "#status/draft")),
    *(PUBLISHED.replace("The", f"{tags}\nThe") for tags in ("- #draft", "Tags: #draft", "# Tide\n\n#draft")),
    *(f"# Tide\n\n{line}\n\nThe water rose.\n" for line in ("**Status:** Draft", "> draft: true", "- draft: yes")),
    *(f"# Tide\n\n{line}\n\nThe water rose.\n" for line in ("<!-- draft: true -->", "*Published:* no", "#wip")),
    *(PUBLISHED.replace("The", f"{mark}\n\nThe") for mark in MARKS),
    *(f"# Tide\n\n{mark}\n\nThe water rose.\n" for mark in MARKS),
    '# Tide\n\n{"title": "Tide", "date": "2025-03-04", "draft": true}\n\nThe water rose.\n',
    # In a second header, behind the end of the first, above it.
    *(PUBLISHED.replace("The", f"{more}\n\nThe") for more in ("---\ndraft: true\n---", "draft: true", "status: draft")),
    "<!-- draft: true -->\n" + PUBLISHED,
)
# Sentences, other words, and a header that says otherwise.
POSTS: Final = (
    "# Tide\n\n" + PUBLISHED,
    *(PUBLISHED.replace("The", f"{line}\nThe") for line in ("#draft beer is fine", "# Draft", "#tide", "draft")),
    *(
        PUBLISHED.replace("The", f"{line}\n\nThe")
        for line in ("<!-- draft horses are big -->", "**Draft beer is good.**")
    ),
    *(PUBLISHED.replace("The", f"{line}\n\nThe") for line in ("> [!note] Drafts of wind", "<!-- more -->", "draft")),
    PUBLISHED.replace("tags: [tide]", "draft: false").replace("The", "**DRAFT**\n\nThe"),
    *(PUBLISHED.replace("The", f"{line}\n\nThe") for line in ("Status: high water", "Draft: false", "Private: Ada")),
    PUBLISHED.replace("The", "{{% private %}}Ask Ann.{{% /private %}}\n\nThe"),  # that part alone
    "# Tide\n\nDraft: who is picked first is a matter of taste.\n\nThe water rose.\n",
    PUBLISHED.replace("tags: [tide]", "draft: false").replace("The", "#draft\nThe"),
    "# Tide\n\n**Status:** high water\n\nThe water rose.\n",
    *(PUBLISHED.replace("The", f"{block}\n\nThe") for block in ("```{post} 2025-03-04\n```", "```\n{post}\n```")),
)
CASES: Final = (
    *((says, "withheld") for says in WITHHELD),
    *((says, "held") for says in HELD),
    *((says, "expired") for says in EXPIRED),
    *((says, "public") for says in PUBLIC),
)


def verdict(key: RecordKey) -> str:
    if key.withheld:
        return "withheld"
    if key.expiry and key.expiry < NOW:
        return "expired"
    dates = (key.release, key.date.value if key.date else None)
    return "held" if any(date and date > NOW for date in dates) else "public"


@pytest.mark.parametrize(("says", "expected"), CASES)
def test_header_means_the_same_the_short_way_and_the_long_way(says: str, expected: str, tmp_path: Path) -> None:
    date = "" if says.startswith("date:") else "date: 2025-03-04 05:06:07\n"
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: Tide\n{date}{says}\n---\n\nThe water rose.\n", encoding="utf-8")
    context = context_for(Options(), NOW)
    ((meta, _),) = read_metadata(SourceFile(str(file), "a.md"), context).records
    assert verdict(meta.key) == expected
    quick = quick_key(Document(SourceFile("a.md", "a.md"), file.read_bytes()), context)
    assert quick is None or verdict(quick) == expected


@pytest.mark.parametrize(("text", "is_draft"), [*((text, True) for text in DRAFTS), *((text, False) for text in POSTS)])
def test_what_stands_around_the_text_withholds_it(text: str, is_draft: bool, tmp_path: Path) -> None:
    file, context = tmp_path / "2025-03-04-tide.md", context_for(Options(), NOW)
    file.write_text(text)
    ((meta, _),) = read_metadata(SourceFile(str(file), file.name), context).records
    assert (meta.title, bool(meta.key.withheld)) == ("Tide", is_draft)
    quick = quick_key(Document(SourceFile(file.name, file.name), file.read_bytes()), context)
    assert quick is None or bool(quick.withheld) == is_draft


@pytest.mark.parametrize(
    ("name", "says", "is_private"),
    [
        ("_fog.md", "Hidden: true", True),  # https://picocms.org: no list has it, and its address answers 404
        ("2025/_fog.md", "hidden: yes", True),
        ("_fog.md", "Hidden: false", False),
        ("_fog.md", "tags: [tide]", False),  # robots write `_` for any sign that a name must not hold
        ("fog_.md", "Hidden: true", False),
    ],
)
def test_what_is_hidden_under_a_name_that_is_never_shown_is_private(
    name: str, says: str, is_private: bool, tmp_path: Path
) -> None:
    file, context = tmp_path / name, context_for(Options(), NOW)
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\ntitle: Fog\ndate: 2025-03-04\n{says}\n---\n\nThe water rose.\n")
    ((meta, _),) = read_metadata(SourceFile(str(file), name), context).records
    assert (meta.key.withheld and meta.key.withheld.code) == ("private" if is_private else None)
    quick = quick_key(Document(SourceFile(name, name), file.read_bytes()), context)
    assert quick is None or not is_private


@pytest.mark.parametrize("says", ["private: santa", "confidential: Ada's raise", "private: https://x.example/wiki"])
def test_what_a_private_key_holds_is_not_told(says: str, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: Tide\ndate: 2025-03-04\n{says}\n---\n\nThe water rose.\n", encoding="utf-8")
    ((meta, _),) = read_metadata(SourceFile(str(file), "a.md"), context_for(Options(), NOW)).records
    assert meta.key.withheld
    assert meta.key.withheld.message == f"front matter says {says.split(':', maxsplit=1)[0]}: …"


def test_a_bad_date_of_publication_is_told_once_and_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Tide\ndate: 2025-03-04\npublishDate: 2027-13\n---\n\nThe water rose.\n")
    ((_, problems),) = read_metadata(SourceFile(str(file), "a.md"), context_for(Options(), NOW)).records
    told = [problem.message for problem in problems if problem.code == "bad-date"]
    assert told == ["front matter: publishDate: '2027-13' is not a valid date"]
