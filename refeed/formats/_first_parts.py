"""Recognise headings that name the first part of a text and are not its title: 代码, Introduction, 1. Overview."""

from typing import Final

from refeed.startup.late_patterns import late_pattern

# What parts of a text are called, whatever the text is about, in lower case: the first of them is no title of it.
_FIRST_PARTS: Final = frozenset(
    {
        *("intro", "introduction", "preface", "foreword", "prologue", "preamble", "overview", "background", "summary"),
        *("abstract", "contents", "context", "description", "motivation", "outline", "table of contents"),
        *("tl;dr", "toc"),
        *("code", "installation", "instructions", "prerequisites", "problem", "references", "requirements", "setup"),
        *("solution", "usage"),
        *("einleitung", "einführung", "vorwort", "überblick", "übersicht", "inhalt"),
        *("inhaltsverzeichnis", "hintergrund"),
        *("zusammenfassung", "voraussetzungen"),
        *("préface", "avant-propos", "aperçu", "contexte", "présentation", "résumé", "sommaire", "table des matières"),
        *("introducción", "prefacio", "contexto", "índice", "instalación", "requisitos", "resumen", "descripción"),
        *("introdução", "prefácio", "conteúdo", "instalação", "resumo", "visão geral", "descrição"),
        *("introduzione", "premessa", "indice", "panoramica", "sommario", "riassunto", "contesto", "descrizione"),
        *("введение", "предисловие", "вступление", "обзор", "описание", "оглавление", "содержание", "установка"),
        *("вступ", "огляд", "зміст", "опис", "wstęp", "spis treści", "opis", "úvod", "obsah", "popis"),
        *("giriş", "önsöz"),
        *("inleiding", "overzicht", "inhoud", "inledning", "översikt", "innehåll", "johdanto", "özet", "içindekiler"),
        *("مقدمة", "المقدمة", "הקדמה", "מבוא", "مقدمه", "परिचय"),
        *(
            "前言",
            "引言",
            "引子",
            "简介",
            "簡介",
            "序言",
            "介绍",
            "介紹",
            "导言",
            "導言",
            "导读",
            "導讀",
            "写在前面",
            "寫在前面",
        ),
        *(
            "代码",
            "代碼",
            "程式碼",
            "原理",
            "概述",
            "概览",
            "概覽",
            "概念",
            "背景",
            "摘要",
            "目录",
            "目錄",
            "目的",
            "正文",
            "说明",
        ),
        *(
            "說明",
            "题目",
            "題目",
            "题目描述",
            "题意",
            "题解",
            "题目大意",
            "思路",
            "描述",
            "问题",
            "問題",
            "参考",
            "參考",
            "参考资料",
        ),
        *(
            "安装",
            "安裝",
            "环境",
            "環境",
            "准备",
            "準備",
            "步骤",
            "步驟",
            "总结",
            "總結",
            "需求",
            "使用",
            "用法",
            "示例",
            "基本概念",
        ),
        *(
            "はじめに",
            "まえがき",
            "前書き",
            "序文",
            "概要",
            "環境",
            "目次",
            "前提",
            "前提条件",
            "きっかけ",
            "まとめ",
            "やりたいこと",
        ),
        *(
            "들어가며",
            "들어가기",
            "들어가기 전에",
            "시작하며",
            "머리말",
            "서론",
            "개요",
            "목차",
            "배경",
            "소개",
            "요약",
            "문제",
            "풀이",
            "코드",
        ),
        *("pendahuluan", "pengantar", "kata pengantar", "mở đầu", "lời mở đầu", "lời nói đầu"),
        *("giới thiệu", "tổng quan"),
    }
)
_NAMELESS: Final = frozenset({"_index", "index", "note", "readme", "untitled"})  # such names are worse titles
_DIGEST: Final = late_pattern(r"(?=.*[0-9])[0-9a-fA-F]{6,}")
_MARKS: Final = late_pattern(r"[\W_]+")
# What stands before the name of a part: its number, a picture.
_BEFORE_PART: Final = late_pattern(
    r"(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[一二三四五六七八九十]{1,3}|[ivx]{1,4})[.、．):：]?(?=\W|[^\x00-\x7f]))?[\W_]*"
)


def is_first_part(heading: str, name: str) -> bool:
    """Return whether a heading is that of a first part, where the name of the file, without its ending, is a title."""
    part = heading.strip(" :：.…?？!！").lower()
    if part not in _FIRST_PARTS and _BEFORE_PART.sub("", part, count=1) not in _FIRST_PARTS:
        return False
    if _MARKS.sub("", part) == _MARKS.sub("", name.lower()):  # setup.md: this is what it is about
        return False
    return any(map(str.isalpha, name)) and name.lower() not in _NAMELESS and not _DIGEST.fullmatch(name)
