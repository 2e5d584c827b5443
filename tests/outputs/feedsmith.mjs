// Print what feedsmith reads of feeds, an array of entries for each: node feedsmith.mjs FOLDER FEED…
// FOLDER is where npm has installed it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, ...feeds] = process.argv.slice(2);
const { parseFeed } = createRequire(`${folder}/`)("feedsmith");

const names = (people) => (people ?? []).map((one) => one.name);
const linked = (entry, relation) => (entry.links ?? []).filter((link) => link.rel === relation);
const readers = {
  atom: (entry) => ({
    id: entry.id,
    title: entry.title.value,
    updated: entry.updated,
    published: entry.published,
    link: linked(entry, "alternate")[0]?.href,
    authors: names(entry.authors),
    content: entry.content.value,
    enclosures: linked(entry, "enclosure").map((one) => [one.href, one.type, one.length]),
  }),
  rss: (item) => ({
    id: item.guid.value,
    title: item.title,
    updated: item.atom.updated,
    published: item.pubDate,
    link: item.link,
    authors: item.dc?.creators ?? [],
    content: item.content.encoded,
    enclosures: (item.enclosures ?? []).map((one) => [one.url, one.type, one.length]),
  }),
  json: (item) => ({
    id: item.id,
    title: item.title,
    updated: item.date_modified,
    published: item.date_published,
    link: item.url,
    authors: names(item.authors),
    content: item.content_html,
    enclosures: (item.attachments ?? []).map((one) => [one.url, one.mime_type, one.size_in_bytes]),
  }),
};

const read = (path) => {
  const { format, feed } = parseFeed(readFileSync(path, "utf8"));
  return (feed.entries ?? feed.items).map(readers[format]);
};
console.log(JSON.stringify(feeds.map(read)));
