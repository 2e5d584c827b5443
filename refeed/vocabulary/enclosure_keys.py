"""The keys of front matter that name sound, videos and other files, and who writes them."""

from types import MappingProxyType
from typing import Final

from refeed.vocabulary.fields import key_name

# Key → what it says of the file. "file": whatever it is, it belongs to the article; "": only sound or video do, because
# the key has other meanings, too; the name of a service: the value may be the number that the service knows a video by;
# "picture": it is shown in the text.
_KINDS: Final = MappingProxyType(
    {
        "enclosure": "file",  # Nikola, WordPress importers, Hugo and Jekyll themes
        "enclosures": "file",
        "enclosure_url": "file",  # importers of feeds
        "attachment": "file",
        "attachments": "file",  # JSON Feed, newsletters
        "audio": "audio",  # Octopod, Hugo and Jekyll themes
        "audios": "audio",
        "audio_url": "audio",
        "audio_link": "audio",
        "audio_src": "audio",
        "audio_file": "audio",
        "audio_file_path": "audio",
        "audio_file_url": "audio",
        "episode_audio": "audio",
        "episode_file": "audio",
        "episode_url": "audio",
        "sound": "audio",
        "sound_file": "audio",
        "m4a": "audio",
        "mp3": "audio",
        "mp3_url": "audio",
        "mp3_link": "audio",
        "mp3_file": "audio",
        "ogg": "audio",
        "ogg_enclosure": "audio",  # Nikola's plugin for a second feed
        "opus": "audio",
        "podcast_audio": "audio",
        "podcast_url": "audio",
        "podcast_link": "audio",
        "podcast_file": "audio",  # Castanet (Hugo)
        "soundcloud_url": "audio",
        "音频": "audio",
        "音頻": "audio",
        "film": "video",
        "mp4": "video",
        "video": "video",
        "videos": "video",
        "video_url": "video",
        "video_link": "video",
        "video_src": "video",
        "video_file": "video",
        "featured_video": "video",  # Hugo themes
        "youtube_url": "video",
        "视频": "video",
        "影片": "video",
        "動画": "video",
        "bilibili": "bilibili",
        "bilibili_id": "bilibili",
        "bvid": "bilibili",
        "vimeo": "vimeo",
        "vimeo_id": "vimeo",
        "youtube": "youtube",  # Castanet, Hugo and Jekyll themes
        "youtube_id": "youtube",
        "youtube_video": "youtube",
        "youtube_video_id": "youtube",
        "gallery": "picture",  # Minimal Mistakes (Jekyll)
        "photos": "picture",  # Hexo: the post is these
        "podcast": "",  # jekyll-podcast, Castanet; elsewhere the name of a show
        "episode": "",  # elsewhere its number
        "file": "",  # Jekyll themes
        "header": "",  # Minimal Mistakes
        "itunes": "",
        "media": "",  # generators of podcasts for Hexo, transcripts of talks
        "media_url": "",
        "media_file": "",
        "music": "",  # Hexo themes
    }
)
KINDS: Final = MappingProxyType({key_name(key): (key, kind) for key, kind in _KINDS.items()})

# In a mapping: what holds the address, the type, the size and the title; formats of one recording by their names.
ADDRESSES: Final = tuple(
    map(
        key_name,
        (
            *("url", "file", "src", "href", "path", "link", "uri", "file_url", "file_name", "media_url", "audio_url"),
            *("video_url", "download_url", "enclosure"),
        ),
    )
)
FORMATS: Final = (
    "mp3",
    "m4a",
    "mp4",
    "aac",
    "opus",
    "ogg",
    "oga",
    "flac",
    "wav",
    "webm",
    "audio",
    "video",
    "media",
    "imagepath",
    "image",
)
TYPES: Final = tuple(map(key_name, ("type", "mime_type", "mime", "media_type", "content_type")))
LENGTHS: Final = tuple(
    map(key_name, ("length", "bytes", "size", "size_in_bytes", "file_size", "filesize", "file_length", "length_bytes"))
)
NAMES: Final = tuple(map(key_name, ("title", "name", "caption", "label")))
# What a flat key of an address ends with: `audio_file` has its size in `audio_size` or `audio_file_size`.
ENDINGS: Final = tuple(map(key_name, ("_file_path", "_file_url", "_file", "_url", "_link", "_src", "_path")))
