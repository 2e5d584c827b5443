"""Detect the language of an article from its visible text, or none: Chinese in either script, English and more."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Enough to be sure of any article, and a bound for the huge ones.
_LONGEST: Final = 20_000
# Too few of these and the text is a caption, a list of names, a remark.
_FEWEST_CHARACTERS: Final = 40
_FEWEST_WORDS: Final = 40
_FEWEST_DECISIVE: Final = 8
_FEWEST_FOREIGN: Final = 5

# Pairs of 简化字总表 (1986), as in 通用规范汉字表 (2013), that tell the two orthographies apart: frequent in both
# (GB 2312 level 1, Big5 level 1), the Simplified member foreign to Big5, the Traditional one to GB 2312. Left out are
# variants of print and spelling, which depend on the font or the region (内 內, 温 溫, 争 爭, 够 夠, 脚 腳), and what
# has a life of its own in the other orthography (后 里 面 干 台 只 系 云 着 么 个 广 无). Three characters a pair.
_PAIRS: Final = (
    "专專 业業 丛叢 东東 丝絲 两兩 严嚴 丧喪 临臨 为為 丽麗 举舉 义義 乌烏 乐樂 乔喬 习習 乡鄉 书書 买買 乱亂 "
    "亏虧 亚亞 产產 亩畝 亲親 亿億 仅僅 从從 仑侖 仓倉 仪儀 们們 众眾 会會 伞傘 伟偉 传傳 伤傷 伦倫 伪偽 侠俠 "
    "侦偵 侧側 侨僑 俩倆 俭儉 债債 倾傾 偿償 储儲 兰蘭 关關 兴興 养養 兽獸 冈岡 写寫 军軍 农農 冯馮 冻凍 凤鳳 "
    "凯凱 击擊 刘劉 则則 刚剛 创創 剂劑 剑劍 剧劇 劝勸 办辦 务務 动動 励勵 劲勁 劳勞 势勢 勋勳 匀勻 区區 医醫 "
    "华華 协協 单單 卖賣 卢盧 卤鹵 卫衛 厅廳 历歷 厉厲 压壓 厌厭 厕廁 县縣 参參 双雙 发發 变變 号號 叹嘆 吗嗎 "
    "启啟 呐吶 呕嘔 员員 呛嗆 呜嗚 咙嚨 响響 哑啞 哗嘩 啸嘯 喷噴 嘱囑 嚣囂 团團 园園 围圍 国國 图圖 圆圓 场場 "
    "块塊 坚堅 坛壇 坝壩 坟墳 坠墜 垄壟 垒壘 垦墾 垫墊 墙牆 壮壯 声聲 壳殼 壶壺 处處 备備 头頭 夹夾 夺奪 奋奮 "
    "奖獎 妆妝 妇婦 妈媽 娄婁 娇嬌 娱娛 婴嬰 孙孫 学學 宝寶 实實 宠寵 审審 宪憲 宽寬 宾賓 寝寢 对對 寻尋 导導 "
    "寿壽 将將 尔爾 尘塵 尝嘗 尧堯 尽盡 层層 届屆 属屬 屡屢 岁歲 岂豈 岗崗 岛島 峡峽 巩鞏 币幣 帅帥 师師 帐帳 "
    "帜幟 带帶 帮幫 庆慶 庐廬 库庫 应應 庙廟 庞龐 废廢 开開 弃棄 张張 弥彌 弯彎 弹彈 归歸 当當 录錄 彻徹 径徑 "
    "忆憶 忧憂 态態 总總 恋戀 恳懇 恶惡 恼惱 悬懸 惧懼 惨慘 惩懲 惫憊 惭慚 惯慣 愤憤 慑懾 懒懶 戏戲 战戰 执執 "
    "扩擴 扫掃 扬揚 抚撫 抢搶 护護 报報 担擔 拟擬 拢攏 拣揀 拥擁 拦攔 拧擰 拨撥 择擇 挚摯 挟挾 挠撓 挡擋 挤擠 "
    "挥揮 捞撈 损損 捡撿 捣搗 掷擲 揽攬 搀攙 搁擱 搅攪 摄攝 摆擺 摊攤 撵攆 敌敵 敛斂 数數 斋齋 斩斬 断斷 旧舊 "
    "时時 旷曠 昼晝 显顯 晓曉 晕暈 暂暫 术術 杀殺 杂雜 权權 条條 来來 杨楊 枣棗 枪槍 枫楓 标標 栈棧 栋棟 栏欄 "
    "树樹 样樣 档檔 桥橋 桩樁 梦夢 检檢 楼樓 槛檻 横橫 樱櫻 欢歡 欧歐 歼殲 残殘 殴毆 毕畢 毙斃 氢氫 汇匯 汉漢 "
    "汤湯 沟溝 没沒 沦淪 沧滄 沪滬 泼潑 泽澤 浅淺 浆漿 浇澆 浊濁 测測 济濟 浑渾 浓濃 涛濤 涡渦 润潤 涨漲 渍漬 "
    "渐漸 渔漁 渗滲 湾灣 湿濕 溃潰 溅濺 滞滯 满滿 滤濾 滥濫 滨濱 滩灘 澜瀾 灭滅 灯燈 灵靈 灾災 灿燦 炉爐 点點 "
    "炼煉 烂爛 烛燭 烦煩 烧燒 烫燙 烬燼 热熱 爱愛 爷爺 牵牽 牺犧 状狀 犹猶 独獨 狭狹 狮獅 狱獄 猎獵 献獻 玛瑪 "
    "环環 现現 琐瑣 琼瓊 电電 画畫 畅暢 疗療 疟瘧 疡瘍 疮瘡 疯瘋 痉痙 痪瘓 瘫癱 皱皺 盐鹽 监監 盖蓋 盘盤 瞒瞞 "
    "矫矯 矾礬 矿礦 码碼 砖磚 砚硯 础礎 硕碩 碍礙 礼禮 祷禱 祸禍 积積 称稱 稳穩 穷窮 窃竊 窍竅 窜竄 窝窩 窥窺 "
    "竖豎 竞競 笔筆 笼籠 筛篩 筹籌 签簽 简簡 箩籮 篮籃 类類 粤粵 粪糞 粮糧 紧緊 纠糾 红紅 纤纖 约約 级級 纪紀 "
    "纬緯 纯純 纱紗 纲綱 纳納 纵縱 纷紛 纸紙 纹紋 纺紡 纽紐 线線 练練 组組 绅紳 细細 织織 终終 绍紹 绎繹 经經 "
    "绑綁 绒絨 结結 绕繞 绘繪 给給 络絡 绝絕 绞絞 统統 绣繡 继繼 绩績 绪緒 续續 绰綽 绳繩 维維 绵綿 绷繃 绸綢 "
    "综綜 绽綻 绿綠 缀綴 缅緬 缆纜 缉緝 缎緞 缓緩 缔締 缕縷 编編 缘緣 缚縛 缝縫 缠纏 缩縮 缴繳 罗羅 罚罰 罢罷 "
    "翘翹 耸聳 聂聶 聋聾 职職 联聯 聪聰 肃肅 肠腸 肤膚 肾腎 肿腫 胀脹 胁脅 胆膽 胶膠 脉脈 脏臟 脑腦 脓膿 脸臉 "
    "腻膩 腾騰 舆輿 舰艦 舱艙 艰艱 艺藝 节節 芜蕪 芦蘆 苇葦 苍蒼 苏蘇 茎莖 荡蕩 荣榮 荧熒 荫蔭 药藥 莱萊 莲蓮 "
    "获獲 莹瑩 萝蘿 萤螢 营營 萧蕭 萨薩 蒋蔣 蓝藍 蔷薔 蕴蘊 虏虜 虑慮 虽雖 虾蝦 蚀蝕 蚁蟻 蚂螞 蛮蠻 蜗蝸 蝇蠅 "
    "衅釁 补補 衬襯 袜襪 袭襲 装裝 裤褲 见見 观觀 规規 觅覓 视視 览覽 觉覺 誉譽 计計 订訂 认認 讥譏 讨討 让讓 "
    "训訓 议議 讯訊 记記 讲講 讳諱 讶訝 许許 论論 讼訟 讽諷 设設 访訪 诀訣 证證 评評 诅詛 识識 诈詐 诉訴 诊診 "
    "词詞 译譯 试試 诗詩 诚誠 话話 诞誕 诡詭 询詢 该該 详詳 诧詫 诫誡 诬誣 语語 误誤 诱誘 说說 诵誦 请請 诸諸 "
    "诺諾 读讀 诽誹 课課 谁誰 调調 谅諒 谈談 谊誼 谋謀 谍諜 谎謊 谐諧 谓謂 谚諺 谜謎 谢謝 谣謠 谤謗 谦謙 谨謹 "
    "谬謬 谭譚 谱譜 谴譴 贝貝 贞貞 负負 贡貢 财財 责責 贤賢 败敗 账賬 货貨 质質 贩販 贪貪 贫貧 贬貶 购購 贮貯 "
    "贯貫 贰貳 贱賤 贴貼 贵貴 贷貸 贸貿 费費 贺賀 贼賊 贾賈 贿賄 赁賃 赂賂 赃贓 资資 赋賦 赌賭 赎贖 赏賞 赐賜 "
    "赔賠 赖賴 赚賺 赛賽 赞贊 赠贈 赢贏 赣贛 赵趙 趋趨 跃躍 践踐 躯軀 车車 轨軌 轩軒 转轉 轮輪 软軟 轰轟 轴軸 "
    "轻輕 载載 轿轎 较較 辅輔 辆輛 辈輩 辉輝 辐輻 辑輯 输輸 辕轅 辖轄 辗輾 辙轍 辞辭 辩辯 辫辮 边邊 辽遼 达達 "
    "迁遷 过過 迈邁 运運 还還 这這 进進 远遠 违違 连連 迟遲 选選 递遞 逻邏 遗遺 邓鄧 邮郵 邹鄒 邻鄰 郑鄭 酱醬 "
    "酿釀 释釋 鉴鑑 针針 钉釘 钓釣 钙鈣 钝鈍 钞鈔 钟鐘 钠鈉 钢鋼 钥鑰 钦欽 钧鈞 钩鉤 钮鈕 钱錢 钻鑽 钾鉀 铀鈾 "
    "铁鐵 铃鈴 铅鉛 铜銅 铝鋁 铭銘 铲鏟 银銀 铸鑄 铺鋪 链鏈 销銷 锁鎖 锅鍋 锋鋒 锌鋅 锐銳 错錯 锡錫 锣鑼 锤錘 "
    "锥錐 锦錦 键鍵 锯鋸 锰錳 锻鍛 镀鍍 镁鎂 镇鎮 镍鎳 镑鎊 镜鏡 长長 门門 闪閃 闭閉 问問 闯闖 闰閏 闲閒 间間 "
    "闷悶 闸閘 闹鬧 闺閨 闻聞 闽閩 阀閥 阁閣 阅閱 阎閻 阐闡 阑闌 阔闊 队隊 阳陽 阴陰 阵陣 阶階 际際 陆陸 陇隴 "
    "陈陳 陕陝 陨隕 险險 随隨 隐隱 隶隸 难難 雾霧 韦韋 韧韌 韩韓 页頁 顶頂 项項 顺順 须須 顽頑 顾顧 顿頓 颁頒 "
    "颂頌 预預 颅顱 领領 颇頗 颈頸 颊頰 颐頤 频頻 颓頹 颖穎 颗顆 题題 颜顏 额額 颠顛 颤顫 风風 飘飄 飞飛 饥飢 "
    "饭飯 饮飲 饰飾 饱飽 饲飼 饵餌 饶饒 饺餃 饼餅 饿餓 馅餡 馆館 馒饅 马馬 驯馴 驰馳 驱驅 驳駁 驴驢 驶駛 驻駐 "
    "驼駝 驾駕 骂罵 骄驕 骆駱 骇駭 验驗 骏駿 骑騎 骗騙 骚騷 骡騾 骤驟 鱼魚 鲁魯 鲍鮑 鲜鮮 鲤鯉 鲸鯨 鳞鱗 鸟鳥 "
    "鸡雞 鸣鳴 鸥鷗 鸦鴉 鸭鴨 鸽鴿 鸿鴻 鹃鵑 鹅鵝 鹊鵲 鹏鵬 鹤鶴 鹰鷹 麦麥 齐齊 齿齒 龄齡 龙龍 龚龔 龟龜"
)
SIMPLIFIED: Final = _PAIRS[0::3]
"""Characters that only Simplified Chinese has."""
TRADITIONAL: Final = _PAIRS[1::3]
"""Their counterparts, in the same order, that only Traditional Chinese has."""
_ORTHOGRAPHIES: Final = (
    ("zh-Hans", frozenset(SIMPLIFIED), late_pattern(f"[{SIMPLIFIED}]")),
    ("zh-Hant", frozenset(TRADITIONAL), late_pattern(f"[{TRADITIONAL}]")),
)
_SAMPLE: Final = 250  # characters that tell which of them most of a text is in, nearly always

# Words of running English on any subject, about one word in four of it. Missing on purpose: words that programs are
# made of (and, for, from, if, in, is, not, or, this, with …), as code is no English, and words that another language
# has as well (a, me, on, so).
_ENGLISH: Final = frozenset(
    {
        "about", "after", "also", "an", "are", "be", "because", "been", "before", "but", "by", "can", "could", "did",
        "had", "has", "have", "he", "her", "his", "into", "it", "its", "more", "most", "of", "our", "she", "some",
        "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "those", "to", "was", "we",
        "were", "what", "when", "which", "while", "who", "will", "would", "you", "your",
    }
)  # fmt: skip

# Frequent words of other languages in Latin script, one language after the other, a shared word once; a word with an
# accent counts as one of them anyway. Missing: what English articles have as a word, a name or an abbreviation (die,
# van, Yang, UN, MIT, .com).
_FOREIGN: Final = frozenset(
    {
        "als", "auf", "aus", "das", "dem", "der", "ein", "eine", "einen", "ist", "nach", "nicht", "sich", "sind",
        "und", "von", "wird", "zum",
        "avec", "cette", "dans", "des", "du", "est", "et", "la", "le", "les", "leur", "mais", "pas", "que", "qui",
        "sont", "sur", "une",
        "como", "con", "del", "el", "en", "esta", "las", "los", "pero", "por", "una",
        "anche", "che", "della", "delle", "di", "gli", "nel", "sono",
        "da", "em", "foi", "pela", "pelo", "uma",
        "aan", "een", "het", "maar", "naar", "niet", "ook", "uit", "voor", "wordt", "zijn",
        "det", "ett", "ikke", "och", "og", "som",
        "adalah", "akan", "dari", "dengan", "ini", "itu", "oleh", "pada", "tidak", "untuk",
        "ang", "mga",
        "dla", "jak", "jest", "nie", "oraz", "przez",
        "katika", "kwa",
        "bir", "daha",
    }
)  # fmt: skip
_KNOWN: Final = {**dict.fromkeys(_FOREIGN, "foreign"), **dict.fromkeys(_ENGLISH, "english")}

# A pattern that begins with one character of a class is found in half the time of one that begins with several.
_LETTER: Final = "[a-z\u00df-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff]"
_WORD: Final = late_pattern(f"{_LETTER}{_LETTER}*")
# These letters in Latin-1, in lower case, and a blank for all else in it.
_LETTERS: Final = "".join(
    letter if letter.isalpha() and letter not in "\u00aa\u00b5\u00ba" else " "
    for letter in map(str.lower, map(chr, range(256)))
).encode("latin-1")
# High bytes of the others in UTF-16, and the only characters beyond these that are such letters in lower case.
_BEYOND_LATIN_1: Final = b"\x01\x02\x03\x1e"
_CAPITALS_BEYOND: Final = "\u212a\u212b\u2c7e\u2c7f"


class _Script(NamedTuple):
    """Where in Unicode the letters of a script are."""

    name: str
    pages: bytes  # high bytes, in UTF-16, of characters that are all its own
    shared: bytes  # high bytes of others
    letters: re.Pattern[str]  # runs of its own among these
    single: str = ""  # its own letters among marks of punctuation, which nearly all texts in it have


def _run(letters: str) -> re.Pattern[str]:
    return late_pattern(f"[{letters}][{letters}]*")


# Unicode blocks (Scripts.txt). The middle dot and the long-vowel mark of kana are missing: Chinese has them in names.
# "other" runs from Greek to the scripts of South East Asia, without the Korean letters between them.
_SCRIPTS: Final = (
    _Script(
        "han",
        bytes([*range(0x34, 0x4D), *range(0x4E, 0xA0), 0xF9, 0xFA]),
        b"\x4d\xd8",
        _run("\u4d00-\u4dbf\U00020000-\U0003ffff"),
        single="\u3005\u3007",
    ),
    _Script("hangul", bytes([0x11, *range(0xAC, 0xD7)]), b"\x31\xd7", _run("\u3131-\u318e\ud700-\ud7a3")),
    _Script("kana", b"", b"\x30\xff", _run("\u3041-\u3096\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d")),
    _Script("other", bytes([*range(0x04, 0x11), *range(0x12, 0x1D)]), b"\x03", _run("\u0370-\u03ff")),
)


class _Tally(NamedTuple):
    """How many characters of each script, and how many words in Latin script, a text has."""

    text: str
    han: int
    hangul: int
    kana: int
    other: int
    words: int
    english: int
    foreign: int


def detect_language(text: str) -> str | None:
    """Return the language most of a text is surely written in: "en", "ja", "ko", "zh-Hans", "zh-Hant", or None."""
    tally = _tally(text[:_LONGEST])
    asian, latin, other = _amounts(tally)  # three quarters will do
    if asian >= 3 * (latin + other):
        return _asian(tally)
    if latin >= 3 * (asian + other):
        return _english(tally)
    return None


def is_in_another(text: str, tag: str) -> bool:
    """Return whether a text is surely in another language than a tag (BCP 47) says, if that is one of those above."""
    tally = _tally(text[:_LONGEST])
    asian, latin, other = _amounts(tally)
    match tag.partition("-")[0].lower():
        case "en":
            is_latin = latin >= asian + other
            return (tally.foreign >= _FEWEST_FOREIGN and tally.foreign > 2 * tally.english) if is_latin else True
        case "ja" | "ko" | "zh":
            return latin + other > 3 * asian
    return False


def _amounts(tally: _Tally) -> tuple[int, int, int]:
    """Return how much prose is in Chinese, Japanese and Korean letters, in Latin, and in others.

    Measured in Chinese characters: a word of English says what one and a half of them say, and one word in four is in
    its list; three letters of another alphabet say what one of them says.
    """
    return tally.han + tally.hangul + tally.kana, 6 * (tally.english + tally.foreign), tally.other // 3


def _tally(text: str) -> _Tally:
    pages = b"" if text.isascii() else text.encode("utf-16-le", "surrogatepass")[1::2]
    words = _words(text, pages)
    known = list(map(_KNOWN.get, words))
    return _Tally(
        text,
        **dict(_count_scripts(text, pages)),
        words=len(words),
        english=known.count("english"),
        foreign=known.count("foreign") + (len(words) - sum(map(str.isascii, words)) if pages else 0),
    )


def _words(text: str, pages: bytes) -> list[str]:
    """Return the words in Latin script, in lower case; to part those of Latin-1 as bytes takes a fifth of the time."""
    if len(pages.translate(None, _BEYOND_LATIN_1)) < len(pages) or any(map(text.__contains__, _CAPITALS_BEYOND)):
        return _WORD.findall(text.lower())
    return text.encode("latin-1", "replace").translate(_LETTERS).decode("latin-1").split()


def _count_scripts(text: str, pages: bytes) -> Iterator[tuple[str, int]]:
    """Count the characters of each script, nearly all by their high bytes, which takes a tenth of the time."""
    pages = pages.translate(None, b"\0")
    for script in _SCRIPTS:
        others = pages.translate(None, script.pages)
        is_shared = any(map(others.__contains__, script.shared))
        shared = sum(map(len, script.letters.findall(text))) if is_shared else 0
        yield script.name, len(pages) - len(others) + shared + sum(map(text.count, script.single))
        pages = others


def _asian(tally: _Tally) -> str | None:
    """Detect Japanese and Korean by their own letters; Han without more than a sliver of those is Chinese."""
    letters = tally.han + tally.hangul + tally.kana
    # Words that are in no list may be code, or a language that nobody listed.
    if letters < _FEWEST_CHARACTERS or tally.words > 3 * letters:
        return None
    if (tally.hangul + tally.kana) * 20 <= letters:
        return _chinese(tally.text)
    # Japanese prose is half kana, official Japanese a third; Korean prose is nearly all hangul.
    if tally.kana * 3 >= letters and tally.hangul * 20 <= letters:
        return "ja"
    if tally.hangul * 10 >= letters * 7 and tally.kana * 20 <= letters:
        return "ko"
    return None


def _chinese(text: str) -> str | None:
    """Detect the script of Chinese by nine tenths of the characters that only one has: quotations have the other."""
    sample = frozenset(text[:_SAMPLE])
    (rare, _, of_rare), (usual, own, of_usual) = sorted(_ORTHOGRAPHIES, key=lambda one: len(one[1] & sample))
    quoted = len(of_rare.findall(text))
    seen = 0
    for character in own & sample:  # the first of them will do, nearly always
        seen += text.count(character)
        if _are_most(seen, quoted):
            return usual
    seen = len(of_usual.findall(text))
    if _are_most(seen, quoted):
        return usual
    return rare if _are_most(quoted, seen) else None


def _are_most(characters: int, others: int) -> bool:
    decisive = characters + others
    return decisive >= _FEWEST_DECISIVE and characters * 10 >= decisive * 9


def _english(tally: _Tally) -> str | None:
    """Return `en` for English prose; None for other languages in Latin script, lists of names, and code."""
    # The list is a quarter of prose, half of that will do; in other languages it is a fiftieth.
    clear = tally.words >= _FEWEST_WORDS and tally.english * 8 >= tally.words
    return "en" if clear and tally.foreign * 4 <= tally.english else None
