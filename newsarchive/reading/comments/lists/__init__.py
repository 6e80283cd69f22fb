"""Lists of comments that stand in a page, of any system in any language; the platform `listed` is what asks for them.

The way of a list: `anchors` (where times and names of comments stand) -> `finder`, `headings` and `rows` (elements of one kind
that hold one each) -> `signs` (what stands around them) -> `pieces` and `quotes` (the text nodes of each) -> `learning` (the
template that they share: `own`, `names`, `beside`, `around`, `places`) -> `template`, `telling`, `naming` (who, when, what) ->
`content` (whether these are comments) -> `replies`, `targets`, `stamps`, `votes` (what else each tells) -> `section`, `pages`,
`key` (the thread).
`answer` reads the JSON of the site's own endpoint; `words` and `wording` hold what languages call all this.
"""
