"""Shortcodes and template tags of every dialect, in the company that real posts give them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.markup import to_html
from feeds.body.page import Page
from feeds.body.shortcodes import expand
from feeds.body.stash import Stash, without_tokens
from feeds.dialects import DIALECTS

PAGE = Page(
    path="content/posts/a.md",
    line=5,
    folder="posts",
    url="https://ex.org/blog/posts/a/",
    site_url="https://ex.org/blog",
    title="On <b> & *stars*",
    references={
        "posts/a.md": "https://ex.org/blog/posts/a/",
        "posts/hello.md": "https://ex.org/blog/posts/hello/",
        "_posts/2019-01-07-old.md": "https://ex.org/blog/old/",
        "_posts/deep/2020-02-02-new.md": "https://ex.org/blog/new/",
        "notes/Some Note.md": "https://ex.org/blog/notes/some-note/",
        "odd.md": "https://ex.org/blog/odd_(x)/",
    },
    files={
        "posts/map.png": "https://ex.org/blog/posts/map.png",
        "attached/map 1.png": "https://ex.org/blog/attached/map%201.png",
        "attached/plan.pdf": "https://ex.org/blog/attached/plan.pdf",
        "attached/bird.mp3": "https://ex.org/blog/attached/bird.mp3",
        "one/same.pdf": "https://ex.org/blog/one/same.pdf",
        "two/same.pdf": "https://ex.org/blog/two/same.pdf",
    },
    aliases={
        "Hello again": "https://ex.org/blog/posts/hello/",
        "/old/hello/": "https://ex.org/blog/posts/hello/",
    },
)
HERE = "https://ex.org/blog/posts/a/"


def html(markdown: str, dialect: str = "plain") -> str:
    """The HTML of a body, with the blank space between blocks taken out."""
    return re.sub(r"\n+", "\n", to_html(markdown, replace(PAGE, dialect=dialect))[0])


def problems(markdown: str, dialect: str = "plain") -> list[tuple[str, int, str]]:
    """Code, line and message of what a body is warned of."""
    found = to_html(markdown, replace(PAGE, dialect=dialect))[1]
    return [(problem.code, problem.line, problem.message) for problem in found]


FIGURES = {
    '{{< figure src="/images/a.png" alt="x" class="center" caption="A *b* & \\"c\\"" >}}':
        '<figure class="center"><img src="https://ex.org/images/a.png" alt="x"><figcaption>A <em>b</em> &amp; "c"</figcaption></figure>',
    '{{< figure\n  src=`b c.png`\n  width="300px" height=200 >}}':
        f'<figure><img src="{HERE}b%20c.png" alt="" width="300" height="200"></figure>',
    '{{< figure src="a.png" title="T" caption="c" attr="me" attrlink="/me" link="/l" >}}':
        f'<figure><a href="https://ex.org/l"><img src="{HERE}a.png" alt="c"></a><figcaption><strong>T</strong><br>'
        'c <a href="https://ex.org/me">me</a></figcaption></figure>',
    '{{% figure "a.png" %}}': f'<figure><img src="{HERE}a.png" alt=""></figure>',
    '{{<figure src="a.png" alt="a > b \' }} c"/>}}': f'<figure><img src="{HERE}a.png" alt="a &gt; b \' }}}} c"></figure>',
    '{{< figure src="a.png" alt="\\" onerror=alert(1) x=\\"" class="x\\" onclick=\\"y" >}}':
        f'<figure><img src="{HERE}a.png" alt="&quot; onerror=alert(1) x=&quot;"></figure>',
    '{{< img src="a.png" >}}': f'<figure><img src="{HERE}a.png" alt=""></figure>',
    "{% include figure.html src=\"/a.png\" caption='c' %}":
        '<figure><img src="https://ex.org/a.png" alt="c"><figcaption>c</figcaption></figure>',
    '{% include figure image_path="/a.png" alt="x" %}': '<figure><img src="https://ex.org/a.png" alt="x"></figure>',
    '{% asset_img left a.jpg 300 200 "A title" "An alt" %}':
        f'<p><img src="{HERE}a.jpg" alt="An alt" title="A title" width="300" height="200"></p>',
    "{% img /a.jpg %}": '<p><img src="https://ex.org/a.jpg" alt=""></p>',
    "![[pic.png|300x200]]": f'<p><img src="{HERE}pic.png" alt="" width="300" height="200"></p>',
    "![[pic.png|A cat]]": f'<p><img src="{HERE}pic.png" alt="A cat"></p>',
}  # fmt: skip

SERVICES = {
    "{{< youtube abc_1 >}}": '<p><a href="https://www.youtube.com/watch?v=abc_1">YouTube: youtube.com/watch?v=abc_1</a></p>',
    '{{< youtube id="abc" title="A film" >}}': '<p><a href="https://www.youtube.com/watch?v=abc">A film</a></p>',
    '{{ youtube(id="abc") }}': '<p><a href="https://www.youtube.com/watch?v=abc">YouTube: youtube.com/watch?v=abc</a></p>',
    '{% include youtube.html id="abc" %}': '<p><a href="https://www.youtube.com/watch?v=abc">YouTube: youtube.com/watch?v=abc</a></p>',
    '{% include video id="12" provider="vimeo" %}': '<p><a href="https://vimeo.com/12">Vimeo: vimeo.com/12</a></p>',
    "{{< vimeo 12 >}}": '<p><a href="https://vimeo.com/12">Vimeo: vimeo.com/12</a></p>',
    '{{< video id="12" provider="vimeo" >}}': '<p><a href="https://vimeo.com/12">Vimeo: vimeo.com/12</a></p>',
    "{{< gist me 12 >}}": '<p><a href="https://gist.github.com/me/12">Gist: me/12</a></p>',
    "{% gist me/12 %}": '<p><a href="https://gist.github.com/me/12">Gist: me/12</a></p>',
    '{{< tweet user="me" id="12" >}}': '<p><a href="https://x.com/me/status/12">Post on X: me/status/12</a></p>',
    "{{< x 12 >}}": '<p><a href="https://x.com/i/web/status/12">Post on X: i/web/status/12</a></p>',
    "{{< instagram abc >}}": '<p><a href="https://www.instagram.com/p/abc/">Instagram: instagram.com/p/abc/</a></p>',
    '{{< video src="v.mp4" >}}': f'<video src="{HERE}v.mp4" controls=""><a href="{HERE}v.mp4">v.mp4</a></video>',
    '{{< youtube "\\"><script>alert(1)</script>" >}}':
        '<p><a href="https://www.youtube.com/watch?v=%22%3E%3Cscript%3Ealert(1)%3C/script%3E">YouTube: '
        'youtube.com/watch?v="&gt;&lt;script&gt;alert(1)&lt;/script&gt;</a></p>',
}  # fmt: skip

SERVICES |= {
    "{% twitter https://twitter.com/a/status/1 %}":
        '<p><a href="https://twitter.com/a/status/1">Post on X: twitter.com/a/status/1</a></p>',
    "{{< tweet https://x.com/a/status/1 >}}": '<p><a href="https://x.com/a/status/1">Post on X: x.com/a/status/1</a></p>',
    "{% gist https://gist.github.com/me/12 %}": '<p><a href="https://gist.github.com/me/12">Gist: gist.github.com/me/12</a></p>',
}  # fmt: skip

SERVICES |= {
    '{{< qr text="https://a.example" />}}': '<p><a href="https://a.example">https://a.example</a></p>',
    '{{< qr text="a < b" />}}': "<p>a &lt; b</p>",
    "{{< qr >}}hello{{< /qr >}}": "<p>hello</p>",
    "{{< param title >}}": "<p>On &lt;b&gt; &amp; *stars*</p>",
    'a{{<br>}}b {{< kbd "C" >}} {{< kbd >}}D{{< /kbd >}}': "<p>a<br>b <kbd>C</kbd> <kbd>D</kbd></p>",
    '{{< tabs >}}\n{{< tab "One" >}}\n*a*\n{{< /tab >}}\n{{% tab name="Two" %}}\nb\n{{% /tab %}}\n{{< /tabs >}}':
        "<p><strong>One</strong></p>\n<p><em>a</em></p>\n<p><strong>Two</strong></p>\n<p>b</p>",
    "{% tabs x %}\n<!-- tab One@icon -->\n*a*\n<!-- endtab -->\n<!-- tab *Two* -->\n*b*\n<!-- endtab -->\n{% endtabs %}":
        "<p><strong>One</strong></p>\n<p><em>a</em></p>\n<p><strong><em>Two</em></strong></p>\n<p><em>b</em></p>",
    "<!-- tab One -->\n\na": "<p>a</p>",
}  # fmt: skip

CODE = {
    "{% mermaid() %}\na-->b\n{% end %}": '<pre><code class="language-mermaid">a--&gt;b\n</code></pre>',
    "{% katex(block=true) %}a_b*c*d_e{% end %}": "<p>a_b*c*d_e</p>",
    '{{< highlight go "linenos=1" >}}\n  a := `x`\n    <b>{{ x }}\n{{< /highlight >}}':
        '<pre><code class="language-go">a := `x`\n  &lt;b&gt;{{ x }}\n</code></pre>',
    "{% highlight ruby linenos %}\n- x\n  - y\n{% endhighlight %}": '<pre><code class="language-ruby">- x\n  - y\n</code></pre>',
    "{%- codeblock A title lang:js -%}\n# x\n{%- endcodeblock -%}": '<pre><code class="language-js"># x\n</code></pre>',
    "{% mermaid %}a-->b{% endmermaid %}": '<pre><code class="language-mermaid">a--&gt;b\n</code></pre>',
    "{{< mermaid >}}\na-->b\n{{< /mermaid >}}": '<pre><code class="language-mermaid">a--&gt;b\n</code></pre>',
    "{{< rawhtml >}}\n<b>x</b><script>y</script>\n{{< /rawhtml >}}": "<b>x</b>",
    "{{< math >}}a_b *c*{{< /math >}}": "<p>a_b *c*</p>",
    "- a\n\n  {{< highlight sh >}}\n  $ x\n  {{< /highlight >}}\n\n- b":
        '<ul>\n<li>\n<p>a</p>\n<pre><code class="language-sh">$ x\n</code></pre>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>',
}  # fmt: skip

QUOTES = {
    "{{% note %}}\nA *b*\n- c\n{{% /note %}}": "<blockquote><p><strong>Note</strong></p>\n<p>A <em>b</em></p>\n<ul>\n<li>c</li>\n</ul>\n</blockquote>",
    '{{< alert "warning" >}}x{{< /alert >}}': "<blockquote><p><strong>Warning</strong></p>\n<p>x</p>\n</blockquote>",
    '{{< callout type="tip" title="A *title*" >}}x{{< /callout >}}':
        "<blockquote><p><strong>A <em>title</em></strong></p>\n<p>x</p>\n</blockquote>",
    '{{< alert "Just *this*" >}}': "<blockquote><p>Just <em>this</em></p></blockquote>",
    "{% note info %}\nx\n{% endnote %}": "<blockquote><p><strong>Info</strong></p>\n<p>x</p>\n</blockquote>",
    '{% quote(author="V") %}\nx *y*\n{% end %}': "<blockquote>\n<p>x <em>y</em></p>\n<p>— V</p></blockquote>",
    "{% blockquote Ann, A book %}\nx *y*\n\nz\n{% endblockquote %}":
        "<blockquote><p>x <em>y</em></p><p>z</p><p>— Ann, A book</p></blockquote>",
    '{{< details "A *summary*" >}}\nb\n\n| c | d |\n|---|---|\n| e | f |\n{{< /details >}}\nafter':
        "<details><summary>A <em>summary</em></summary>\n<p>b</p>\n<table>\n<thead>\n<tr>\n<th>c</th>\n<th>d</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>e</td>\n<td>f</td>\n</tr>\n</tbody>\n</table>\n</details>\n<p>after</p>",
    '{{< quote author="Me" >}}\nx\n{{< /quote >}}': "<blockquote>\n<p>x</p>\n<p>— Me</p></blockquote>",
    '{{< button href="/x" >}}Go{{< /button >}}': '<p><a href="https://ex.org/x">Go</a></p>',
}  # fmt: skip

REFERENCES = {
    '[a]({{< ref "hello.md#x" >}})': '<p><a href="https://ex.org/blog/posts/hello/#x">a</a></p>',
    '[a]({{< relref path="/posts/hello" >}})': '<p><a href="https://ex.org/blog/posts/hello/">a</a></p>',
    '[a]({{% ref "#x" %}})': f'<p><a href="{HERE}#x">a</a></p>',
    '[a]({{< ref "odd" >}})': '<p><a href="https://ex.org/blog/odd_%28x%29/">a</a></p>',
    "[a]({% post_url 2019-01-07-old %})": '<p><a href="https://ex.org/blog/old/">a</a></p>',
    "[a]({% link _posts/2019-01-07-old.md %})": '<p><a href="https://ex.org/blog/old/">a</a></p>',
    "{% link A page https://x.y true %}": '<p><a href="https://x.y">A page</a></p>',
    "{% post_link old 'The *old* one' %}": '<p><a href="https://ex.org/blog/old/">The *old* one</a></p>',
    "[a]({% post_url deep/2020-02-02-new %}) [b]({% post_url new %})": '<p><a href="https://ex.org/blog/new/">a</a> <a href="https://ex.org/blog/new/">b</a></p>',
    "[a]({% link _posts/2019-01-07-old.md %}#x)": '<p><a href="https://ex.org/blog/old/#x">a</a></p>',
    "[a]({% link assets/x.pdf %})": '<p><a href="https://ex.org/blog/assets/x.pdf">a</a></p>',
    "[a]({% link attached/plan.pdf %})": '<p><a href="https://ex.org/blog/attached/plan.pdf">a</a></p>',
    '[a]({{< ref "/posts/" >}}) [b]({{< ref "../posts" >}})': '<p><a href="https://ex.org/blog/posts/">a</a> <a href="https://ex.org/blog/posts/">b</a></p>',
    '{% asset_link x.pdf "The <plan>" %}': f'<p><a href="{HERE}x.pdf">The &lt;plan&gt;</a></p>',
    "[a]({% asset_path x.pdf %})": f'<p><a href="{HERE}x.pdf">a</a></p>',
    "[a]({{ site.baseurl }}/b)": '<p><a href="https://ex.org/blog/b">a</a></p>',
    "[a]({{site.url}}{{site.baseurl}}/b)": '<p><a href="https://ex.org/blog/b">a</a></p>',
    '![a]({{ "/b.png" | relative_url }})': '<p><img alt="a" src="https://ex.org/blog/b.png"></p>',
    '<a href="{{ site.url }}/b">a</a>': '<p><a href="https://ex.org/b">a</a></p>',
    "[a]({{ config.base_url }}/b)": '<p><a href="https://ex.org/blog/b">a</a></p>',
    "{{ 'text' }}": "<p>text</p>",
    "[[hello]] and [[Some Note|that *note*]]": '<p><a href="https://ex.org/blog/posts/hello/">hello</a> and <a href="https://ex.org/blog/notes/some-note/">that *note*</a></p>',
    "[[Some Note#A part]]": '<p><a href="https://ex.org/blog/notes/some-note/#a-part">Some Note</a></p>',
    "| a |\n|---|\n| [[hello\\|Hi]] |": "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
    '<td><a href="https://ex.org/blog/posts/hello/">Hi</a></td>\n</tr>\n</tbody>\n</table>',
    "[[#A part]]": f'<p><a href="{HERE}#a-part">A part</a></p>',
    "[[Some Note#One#Two]] [[Some Note#^a1b2c3]] [[Some Note.md]]": '<p><a href="https://ex.org/blog/notes/some-note/#two">Some Note</a> <a href="https://ex.org/blog/notes/some-note/">'
    'Some Note</a> <a href="https://ex.org/blog/notes/some-note/">Some Note.md</a></p>',
    "[[hello Again]] [[Hello again|x]]": '<p><a href="https://ex.org/blog/posts/hello/">hello Again</a> <a href="https://ex.org/blog/posts/hello/">x</a></p>',
    "![[map 1.png]] ![[map.png|300]] ![[map.png|A map|30x20]]": '<p><img src="https://ex.org/blog/attached/map%201.png" alt=""> <img src="https://ex.org/blog/posts/map.png" alt="" width="300"> '
    '<img src="https://ex.org/blog/posts/map.png" alt="A map" width="30" height="20"></p>',
    "![[plan.pdf]] [[plan.pdf|The plan]]": '<p><a href="https://ex.org/blog/attached/plan.pdf">plan.pdf</a> <a href="https://ex.org/blog/attached/plan.pdf">The plan</a></p>',
    "![[bird.mp3]]": '<audio src="https://ex.org/blog/attached/bird.mp3" controls=""><a href="https://ex.org/blog/attached/bird.mp3">bird.mp3</a></audio>',
    "![[gone.mp4]]": f'<video src="{HERE}gone.mp4" controls=""><a href="{HERE}gone.mp4">gone.mp4</a></video>',
    "[[one/same.pdf]]": '<p><a href="https://ex.org/blog/one/same.pdf">same.pdf</a></p>',
    "A line ^a1b2c3\n- an item ^x9\n\n^c3b2a1\n\n2 ^10": "<p>A line </p>\n<ul>\n<li>an item ^x9</li>\n</ul>\n<p>2 ^10</p>",
    "a ==high *light*==, 中==文==字 **==x==**": "<p>a <mark>high <em>light</em></mark>, 中<mark>文</mark>字 <strong><mark>x</mark></strong></p>",
}

OUTPUTS = {
    "{{ page.title }} {{ title | escape }} {{ page.title | upcase }}": "<p>On &lt;b&gt; &amp; *stars* On &lt;b&gt; &amp; *stars* ON &lt;B&gt; &amp; *STARS*</p>",
    '[a]({{ page.url }} "{{ page.title }}")': f'<p><a href="{HERE}" title="On &lt;b&gt; &amp; *stars*">a</a></p>',
    "[a]({{ site.url }}{{ site.baseurl }}{{ page.url }})": f'<p><a href="{HERE}">a</a></p>',
    '{% assign x = "words" %}a {{ x }} {{ x | upcase }} {{x}}': "<p>a words WORDS words</p>",
    '{% assign x = "<b>" | strip %}{{ x | escape }}': "<p>&lt;b&gt;</p>",
    "{% assign x = page.title %}{{ x }}": "<p>On &lt;b&gt; &amp; *stars*</p>",
    "{% assign x = 1 | plus: 2 %}{% assign %}{% assign = 3 %}a": "<p>a</p>",
    "{% set x %}*b*{% endset %}{% set y = 'c' %}{{ x }}{{ y }}": "<p><em>b</em>c</p>",
    "{% capture n %}\n**Hi** {{ site.baseurl }}\n\n- l\n{% endcapture %}\n<div>{{ n | markdownify }}</div>\nz":
        "<div>\n<p><strong>Hi</strong> /blog</p>\n<ul>\n<li>l</li>\n</ul>\n</div>\nz",
    "{% capture n %}not shown{% endcapture %}a": "<p>a</p>",
    "{% capture n %}a{% endcapture %}{% capture n %}{{ n }}{{ n }}{% endcapture %}{{ n }}": "<p>aa</p>",
    "{% from 'x' import y %}{% cycle 'a', 'b' %}c": "<p>c</p>",
    "{% macro m(a) %}x{% endmacro %}{% css %}a{}{% endcss %}b": "<p>b</p>",
    "{{< comment >}}secret{{< /comment >}}a": "<p>a</p>",
    "{{ '{{' }} x {{ \"}}\" }} {{ '{% y %}' }}": "<p>{{ x }} {% y %}</p>",
}  # fmt: skip

UNTOUCHED = {
    "[[Feature #1]](https://x.y)": '<p><a href="https://x.y">[Feature #1]</a></p>',
    "[[nodiscard]] and [[1]] and [[ -f x ]]": "<p>[[nodiscard]] and [[1]] and [[ -f x ]]</p>",
    "[[A]] \n\n[A]: https://x.y": "<p>[[A]] </p>",
    "`{{< x >}}` ``a ` {% y %}``": "<p><code>{{&lt; x &gt;}}</code> <code>a ` {% y %}</code></p>",
    "```\n{{< x >}} {% raw %}{{ y }}{% endraw %} [[Z z]]\n```":
        "<pre><code>{{&lt; x &gt;}} {% raw %}{{ y }}{% endraw %} [[Z z]]\n</code></pre>",
    "a\n\n    {{< x >}}\n\n    {% y %}\n": "<p>a</p>\n<pre><code>{{&lt; x &gt;}}\n{% y %}\n</code></pre>",
    "- a\n\n  ```\n  {{< x >}}\n  ```": "<ul>\n<li>\n<p>a</p>\n<pre><code>{{&lt; x &gt;}}\n</code></pre>\n</li>\n</ul>",
    "> ```\n> {{< x >}}\n> ```": "<blockquote>\n<pre><code>{{&lt; x &gt;}}\n</code></pre>\n</blockquote>",
    "<pre>\n{{< x >}}\n\n{% y %}\n</pre>": "<pre>{{&lt; x &gt;}}\n{% y %}\n</pre>",
    "<div><pre>\n{{< x >}}\n</pre></div>": "<div><pre>{{&lt; x &gt;}}\n</pre></div>",
    "a <code>{{ x }}</code> b": "<p>a <code>{{ x }}</code> b</p>",
    "a <!-- {{< x >}} --> b": "<p>a  b</p>",
    '{{</* figure src="a" */>}} {{%/* x */%}}': '<p>{{&lt; figure src="a" &gt;}} {{% x %}}</p>',
    "`{{</* x */>}}` `{{< /* x */ >}}`": "<p><code>{{&lt; x &gt;}}</code> <code>{{&lt; /* x */ &gt;}}</code></p>",
    "```\n{{%/* x */%}} {{< /y >}}\n```\n\n    {{</* z */>}}":
        "<pre><code>{{% x %}} {{&lt; /y &gt;}}\n</code></pre>\n<pre><code>{{&lt; z &gt;}}\n</code></pre>",
    "{{< highlight go >}}{{</* x */>}}{{< /highlight >}}":
        '<pre><code class="language-go">{{&lt; x &gt;}}\n</code></pre>',
    "{{/* youtube(id=1) */}} {%/* x() */%}": "<p>{{ youtube(id=1) }} {% x() %}</p>",
    "{% raw %}{{ a }} {% b %} *c*{% endraw %}": "<p>{{ a }} {% b %} <em>c</em></p>",
    "{% raw %}\n```\n{{ a }}\n```\n{% endraw %}": "<pre><code>{{ a }}\n</code></pre>",
    "$$\\frac{{a}}{{b}}_c *d*_e$$ and $x_1 * y_2 * z$ for $5 or $6":
        "<p>$$\\frac{{a}}{{b}}_c *d*_e$$ and $x_1 * y_2 * z$ for $5 or $6</p>",
    "${{ secrets.X }} x^{{ab}} x_{{i}} \\frac{{a}}{{b}} {{ }} {{": "<p>${{ secrets.X }} x^{{ab}} x_{{i}} \\frac{{a}}{{b}} {{ }} {{</p>",
    "\\(a^2 + {{ b }}\\) \\[{{ c }} = 1\\]": "<p><span>\\(a^2 + {{ b }}\\)</span> <span>\\[{{ c }} = 1\\]</span></p>",
    "\\{{ a }} {% 5 %} {%": "<p>{{ a }} {% 5 %} {%</p>",
    "a == b == c, x==y==z, ?q=aGk== and aGk==, `==x==`\n\nT\n==":
        '<p>a == b == c, x==y==z, ?q=aGk== and aGk==, <code>==x==</code></p>\n<h1 id="t">T</h1>',
    "#tag and #other/tag": "<p>#tag and #other/tag</p>",
    "[[gone.zip]] and [[same.pdf]]": "<p>[[gone.zip]] and [[same.pdf]]</p>",
}  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "expected"), [*FIGURES.items(), *SERVICES.items(), *CODE.items(), *QUOTES.items(), *REFERENCES.items(), *OUTPUTS.items(), *UNTOUCHED.items()]
)  # fmt: skip
def test_a_shortcode_becomes_html_without_a_complaint(markdown: str, expected: str) -> None:
    """What is known becomes plain HTML, and code, escapes and mathematics stay as they are."""
    assert expected == html(markdown)
    assert [] == problems(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected", "code", "line"),
    [
        ("a {{< sparkle x=1 >}}*b*{{< /sparkle >}} c", "<p>a <em>b</em> c</p>", "shortcode-unknown", 5),
        ("a\n\n{% if x %}\nb{% else %}c\n{% endif %}", "<p>a</p>\n<p>bc</p>", "shortcode-unknown", 7),
        (
            '{{% sparkle title="A *b*" %}}\nx\n{{% /sparkle %}}',
            "<p><strong>A <em>b</em></strong></p>\n<p>x</p>",
            "shortcode-unknown",
            5,
        ),
        ("a {{< abbr title=X >}}b{{< /abbr >}}", "<p>a b</p>", "shortcode-unknown", 5),
        ("{::comment}a", "<p>a</p>", "shortcode-unterminated", 5),
        ("{% include foo.html %}a", "<p>a</p>", "shortcode-unknown", 5),
        ("a {{ page.views }} b", "<p>a  b</p>", "shortcode-unknown", 5),
        ("a {{ name }} b", "<p>a  b</p>", "shortcode-unknown", 5),
        ('{{ "now" | date: "%Y" }}a', "<p>a</p>", "shortcode-unknown", 5),
        ("{{ what(x=1) }}a", "<p>a</p>", "shortcode-unknown", 5),
        ("{{< youtube >}}a", "<p>a</p>", "shortcode-unknown", 5),
        ("## A {{< x-y >}} b", '<h2 id="a-b">A  b</h2>', "shortcode-unknown", 5),
        (
            '![a {{< what >}}](b.png "c")',
            f'<p><img alt="a " src="{HERE}b.png" title="c"></p>',
            "shortcode-unknown",
            5,
        ),
        ('a\n{{< figure src="x\nb', "<p>a</p>\n<p>b</p>", "shortcode-unterminated", 6),
        ("a {{< b c\nd >}", "<p>a </p>\n<p>d >}</p>", "shortcode-unterminated", 5),
        ("a {% raw %} b", "<p>a  b</p>", "shortcode-unterminated", 5),
        ("a {% b c\nd", "<p>a </p>\n<p>d</p>", "shortcode-unterminated", 5),
        ("{{< >}} a", "<p></p>", "shortcode-unterminated", 5),
        ('[a]({{< ref "nope" >}})', f'<p><a href="{HERE}nope">a</a></p>', "link-dangling", 5),
        ("\n\n[[A lost note]]", "<p>A lost note</p>", "link-dangling", 7),
        ("![[Lost|x]]", "<p>x</p>", "link-dangling", 5),
        ("![[gone.pdf]]", "<p>gone.pdf</p>", "link-dangling", 5),
        (
            "[a]({% post_url 2019-01-07-odl %})",
            f'<p><a href="{HERE}2019-01-07-odl">a</a></p>',
            "link-dangling",
            5,
        ),
        ('[a]({{< ref "/about" >}})', '<p><a href="https://ex.org/blog/about">a</a></p>', "link-dangling", 5),
        ("\n{% for p in posts %}\n- {{ p.title }}\n{% endfor %}\na", "<p>a</p>", "shortcode-unknown", 6),
        ("{% for p in (1..3) %}x{% endfor %}", "<p>x</p>", "shortcode-unknown", 5),
        ('{% assign x = "a" %}{{ x | date: "%Y" }}b', "<p>b</p>", "shortcode-unknown", 5),
        (
            "{% capture x %}{{ site.url }} {{< kbd 1 >}}{% endcapture %}{{ x | upcase }}b",
            "<p>b</p>",
            "shortcode-unknown",
            5,
        ),
        (
            "a\n{% capture x %}\n{{ nowhere }}\n{% endcapture %}b",
            "<p>a</p>\n<p>b</p>",
            "shortcode-unknown",
            7,
        ),
        ("{{< param date >}}a", "<p>a</p>", "shortcode-unknown", 5),
    ],
)
def test_what_is_not_known_leaves_its_text_and_a_warning(
    markdown: str, expected: str, code: str, line: int
) -> None:
    """Mark-up is dropped, text stays, and the warning has the line of the file."""
    normal = html(markdown).replace("&gt;", ">")
    assert (
        re.sub(r"</p>\n<p>|\n|<p></p>", " ", expected).split()
        == re.sub(r"</p>\n<p>|\n|<p></p>", " ", normal).split()
    )
    assert [(code, line)] == [(found[0], found[1]) for found in problems(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("{% comment %}\nx\n{% endcomment %}a", "<p>a</p>"),
        ("{::comment}\nx\n\nx\n{:/comment}\na{::options x=1 /}", "<p>a</p>"),
        ("{::comment}x{:/}a {::nomarkdown}<b>c</b>{:/nomarkdown}", "<p>a <b>c</b></p>"),
        ("%%\nx\n\n# x\n%%\na", "<p>a</p>"),
        ("a %%x%% b %% x x %%, c", "<p>a  b , c</p>"),
        ("%%\nx\n%%\na\n\n%%\nx\n%%\n\n%%", "<p>a</p>\n<p>%%</p>"),
        ("a %%x\nx%% b\n\n%% x %%", "<p>a  b</p>"),
        ("> %% x %% a", "<blockquote>\n<p> a</p>\n</blockquote>"),
        ("{% # note %}a{{< toc >}}", "<p>a</p>"),
        ("{{< /details >}}{% endnote %}{% end %}a{{< /x >}}", "<p>a</p>"),
        ("{{< details >}}a", "<p>a</p>"),
    ],
)
def test_comments_and_stray_ends_are_nothing(markdown: str, expected: str) -> None:
    """What nobody was to see is dropped."""
    assert expected == html(markdown)


@pytest.mark.parametrize("dialect", ["hugo", "jekyll", "zola", "eleventy", "pelican"])
def test_only_obsidians_comments_are_hidden(dialect: str) -> None:
    """Where no program hides them, what stands between percent signs is text."""
    assert "<p>%% c %% and</p>\n<p>%%\nshown\n%%</p>" == html("%% c %% and\n\n%%\nshown\n%%", dialect)
    assert "<p> and</p>" == html("%% c %% and\n\n%%\nhidden\n%%", "obsidian")


def test_in_a_vault_every_wikilink_is_one() -> None:
    """Small words too; and what is not there says so."""
    markdown = (
        "[[nodiscard]] [[ hello ]] [[Some Note]](aside) ![[gone.png]] ^x\n\n[[Feature #1]](https://x.y)"
    )
    link = '<a href="https://ex.org/blog/posts/hello/">hello</a>'
    note = '<a href="https://ex.org/blog/notes/some-note/">Some Note</a>'
    assert (
        f'<p>nodiscard {link} {note}(aside) <img src="{HERE}gone.png" alt=""> </p>\n'
        '<p><a href="https://x.y">[Feature #1]</a></p>'
    ) == html(markdown, "obsidian")
    assert [
        ("link-dangling", 5, "no post is called 'nodiscard'"),
        ("link-dangling", 5, "no file is called 'gone.png'"),
    ] == problems(markdown, "obsidian")


def test_outside_a_vault_a_line_may_end_with_a_name() -> None:
    """`^a1b2c3` means something to Obsidian alone."""
    assert "<p>x ^a1b2c3</p>" == html("x ^a1b2c3", "hugo")


def test_a_name_nearly_right_gets_a_hint() -> None:
    """With the place of the link in the file."""
    found = to_html("a\n\nsee [[Some Nte]]", PAGE).problems
    assert [(7, 5, "did you mean 'notes/Some Note.md'?")] == [
        (one.line, one.column, one.hint) for one in found
    ]


def test_a_tag_is_paired_with_its_own_end() -> None:
    """One without an end takes nothing of the next one's, nor does one in code."""
    assert (
        "<blockquote><p>first</p></blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n<p>c</p>"
    ) == html('{{< alert "first" >}}\n\na\n\n{{< alert >}}b{{< /alert >}}\n\nc').replace(
        "<p><strong>Alert</strong></p>\n", ""
    )
    assert "<p><code>{{&lt; quote &gt;}}</code></p>\n<blockquote>\n<p>b</p>\n</blockquote>" == html(
        "`{{< quote >}}`\n\n{{< quote >}}b{{< /quote >}}"
    )


def test_what_a_body_sets_cannot_make_it_endless() -> None:
    """Ten times ten times ten and so on stops well before the memory does."""
    laughs = "{% capture a %}ha{% endcapture %}" + f"{{% capture a %}}{'{{ a }}' * 10}{{% endcapture %}}" * 20
    assert len(expand(f"{laughs}{{{{ a }}}}", PAGE, Stash(laughs), str)[0]) < 300_000
    assert {"shortcode-unknown"} == {problem[0] for problem in problems(f"{laughs}{{{{ a }}}}")}
    deep = "{% capture a %}" * 20 + "x" + "{% endcapture %}" * 20
    assert "<p>a</p>" == html(f"{deep}a{{{{ a }}}}").replace("{{ a }}", "")


@pytest.mark.parametrize(
    "prose",
    [
        "100%% sure, 50%% not",
        "100 %% sure and 50 %% not",
        "%% one\n%% two",
        "%%\nnever closed",
        "a %% b\n\nc %% d",
        "a %%%% b %%c %%d",
        "{:ok, pid} and {: and {:} and {:: x}",
    ],
)
def test_prose_is_no_comment(prose: str) -> None:
    """A text is only hidden where nothing but a comment can be meant."""
    assert prose.split() == re.sub(r"<[^<>]*>", "", html(prose)).split()


def test_code_is_no_comment() -> None:
    """Comments of other dialects stay in code as they are."""
    code = "%%\necho %%i%% {: .x}\n%%\n{::comment}\n{:/comment}"
    assert f"<pre><code>{code}\n</code></pre>" == html(f"```\n{code}\n```")
    assert "<p><code>a %%x%% {:.y} {::comment}</code></p>" == html("`a %%x%% {:.y} {::comment}`")


def test_branches_of_a_condition_all_stay() -> None:
    """Nothing is evaluated, and the warning says so."""
    markdown = "{% if x %}a{% else %}b{% endif %}"
    found = to_html(markdown, PAGE).problems
    assert "<p>ab</p>" == html(markdown)
    assert ["its mark-up is dropped, the text of all its branches stays"] == [one.hint for one in found]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("assets/9.jpg", "https://ex.org/blog/assets/9.jpg"),
        ("/assets/8.jpg", "https://ex.org/blog/assets/8.jpg"),
        ("/blog/assets/7.jpg", "https://ex.org/blog/assets/7.jpg"),
        ("https://cdn.example/a.png", "https://cdn.example/a.png"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("map.png", "https://ex.org/blog/posts/map.png"),
    ],
)
def test_pictures_that_jekyll_includes_begin_at_the_site(written: str, expected: str) -> None:
    """Its themes have them below the site's address, unless a file lies beside the post; others, below the page's."""
    included = f'{{% include figure.liquid path="{written}" %}}'
    assert f'<figure><img src="{expected}" alt=""></figure>' == html(included, "jekyll")
    assert f'src="{HERE}a.png"' in html('{% include figure.html src="a.png" %}', "eleventy")


def test_the_folder_of_images_holds_for_included_ones() -> None:
    """Chirpy's `media_subpath` stands before what is relative."""
    page = replace(PAGE, dialect="jekyll", media_folder="/img/a")
    assert (
        'src="https://ex.org/blog/img/a/x.png"' in to_html('{% include figure.html src="x.png" %}', page).html
    )
    assert 'src="https://ex.org/blog/x.png"' in to_html('{% include figure.html src="/x.png" %}', page).html


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('{% details "Two words" %}\nx\n{% enddetails %}', "<summary>Two words</summary>"),
        ('{% details summary="S" %}\nx\n{% enddetails %}', "<summary>S</summary>"),
        ("{% folding Two words %}\nx\n{% endfolding %}", "<summary>Two words</summary>"),
        ('{% tab "a b" %}\nx\n{% endtab %}', "<strong>a b</strong>"),
        ('{{< tab "a" "b" >}}\nx\n{{< /tab >}}', "<strong>a</strong>"),
        ("{% note info %}\nx\n{% endnote %}", "<strong>Info</strong>"),
        ('{{< admonition tip "T" >}}\nx\n{{< /admonition >}}', "<strong>T</strong>"),
        ("{{< admonition tip false >}}\nx\n{{< /admonition >}}", "<strong>Tip</strong>"),
        ('{{< video "https://video.example/v/1" >}}', '<p><a href="https://video.example/v/1">video.example/v/1</a></p>'),
        ('{{< video src="https://video.example/v/1" title="A *b*" >}}', '<p><a href="https://video.example/v/1">A b</a></p>'),
        ("{{< imgproc a.png Resize />}}", f'<figure><img src="{HERE}a.png" alt=""></figure>'),
        ('{{< spotify type="album" id="a1" >}}', '"https://open.spotify.com/album/a1"'),
        ('{{< spotify "playlist/a1" >}}', '"https://open.spotify.com/playlist/a1"'),
        ('{{< link "/b" "c *d*" >}}', '<a href="https://ex.org/b">c *d*</a>'),
        ('{{< link href="/b" />}}', '<a href="https://ex.org/b">/b</a>'),
        ("{% post_link 2019-01-07-old true %}", '<a href="https://ex.org/blog/old/">2019-01-07-old</a>'),
        ("{% post_link 2019-01-07-old A b false %}", '<a href="https://ex.org/blog/old/">A b</a>'),
        ("[x]({% post_path 2019-01-07-old %})", '<a href="https://ex.org/blog/old/">x</a>'),
    ],
)  # fmt: skip
def test_words_of_a_tag(markdown: str, expected: str) -> None:
    """Labels, titles and captions, however the tag's dialect parts them."""
    assert expected in html(markdown)
    assert [] == problems(markdown)


def test_a_shortcode_in_an_item_does_not_split_the_list() -> None:
    """Neither where it begins nor where it ends."""
    assert 1 == html('- a\n  {{< details "S" >}}\n  x\n  {{< /details >}}\n- b').count("<ul>")
    assert 1 == html("1. a\n\n   {{% note %}}\n   x\n   {{% /note %}}\n\n2. b").count("<ol>")


def test_shortcodes_nest_as_deep_as_elements() -> None:
    """Three thousand are as much of a mistake as three thousand `<div>`s."""
    deep = "{{< quote >}}\n" * 3000 + "{{< /quote >}}\n" * 3000
    assert "body-unrenderable" in {one.code for one in to_html(deep, PAGE)[1]}


def test_shortcodes_in_lists_and_quotes_stay_there() -> None:
    """A block inside an item or a quote does not break out of it."""
    figure = f'<figure><img src="{HERE}a.png" alt=""></figure>'
    assert f"<ul>\n<li>a\n    {figure}</li>\n<li>b</li>\n</ul>" == html(
        '- a\n  {{< figure src="a.png" >}}\n- b'
    )
    assert f"<blockquote>\n<p>a</p>\n{figure}\n<p>b</p>\n</blockquote>" == html(
        '> a {{< figure src="a.png" >}} b'
    )
    assert f"<p>a</p>\n{figure}\n<p>b</p>" == html('a {{< figure src="a.png" >}} b')
    assert f"<div>\n{figure}\n</div>" == html('<div>\n{{< figure src="a.png" >}}\n</div>')
    assert f'<img src="{HERE}a.png" alt="">' in html('[{{< figure src="a.png" >}}](/x)')


def test_a_token_cannot_be_forged() -> None:
    """Text that looks like a token of another body, or of this one's length, stays text."""
    seen = Stash("secret").put("<b>stolen</b>")
    assert f"<p>{seen} {seen}</p>" == html(f"{seen} {seen}")
    assert "" == without_tokens(seen)


BEGINNINGS = (
    "{{<", "{{< a ", '{{< a "', "{{< a `", "{{%", "{{ ", "{% a ", "{%", "[[", "![[", "`", "``a`", "$", "$$ ", "$a_",
    "{% box() %}", "{% end %}", "{% capture x %}", "{% capture x %}{{ x }}{% endcapture %}", "{% for a %}{{ x }}{% endfor %}", "==a ", " ^a1b2c3",
    "[[Lost One]]", "~~~\n", "````", "{% tabs %}\n<!-- tab x -->\n", "{{ '{", "%% a ", "<code>", "<pre>\n", "<!--", "{% raw %}", "{{< highlight >}}", "{{< details >}}", "{% a1 %}{% enda1 %}", "\\", "{{<\n",
)  # fmt: skip


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("end", ["", '">}} %} }} `'])
def test_a_body_of_beginnings_is_soon_done(beginning: str, end: str) -> None:
    """Twenty thousand openings end well inside the test's own deadline: time grows with the length, not its square."""
    markdown = beginning * 20_000 + end
    expand(markdown, PAGE, Stash(markdown), str)


PIECES = st.sampled_from(
    [
        '{{< figure src="a.png" >}}', "{{< x >}}", "{{% /x %}}", "{{<", ">}}", "{%", "%}", "{% raw %}", "{% endraw %}", "{{", "}}",
        "{{< highlight go >}}", "{{< /highlight >}}", "{{< details a >}}", "{{< /details >}}", "[[", "]]", "`", "```\n", "\n", "\n\n",
        "- ", "> ", "    ", "<div>", "</div>", "| a |\n|---|\n", "# ", "*", "$$", "x", "|", "<pre>", "</pre>",
    ]
)  # fmt: skip
PIECES |= st.sampled_from(
    ["{% if a %}", "{% endif %}", "{% capture q %}", "{% endcapture %}", "{{ q }}", "==", "==y==", " ^ab1cd2\n", "%%", "![[map.png]]",
     "{% quote() %}", "{% end %}", "{{< kbd >}}", "{{< /kbd >}}", "{% tabs %}\n", "<!-- tab One -->\n", "[a]("]
)  # fmt: skip
PIECES |= st.sampled_from(["<code>", "</code>", "{{{{", "~~~\n", "1. ", "\t", "<b>", "&lt;", "%}}"])
LEAK = re.compile(r"\{\{(?:&lt;|%)\s*/?(?:figure|highlight|details|x)\b")


@given(st.lists(PIECES, max_size=30), st.sampled_from(["hexo", "jekyll", "plain"]))
def test_no_shortcode_leaks(pieces: list[str], dialect: str) -> None:
    """However shortcodes and Markdown are mixed, outside code none of their mark-up is left."""
    markdown = "".join(pieces)
    if "raw" in markdown or "$$" in markdown:
        return
    text = re.sub(r"<(pre|code)\b.*?</\1>", "", html(markdown, dialect), flags=re.DOTALL)
    assert LEAK.search(text) is None


@pytest.mark.parametrize("between", ["<!-- x -->", "<!--more-->", "<script>x</script>", "<blink>"])
def test_what_goes_does_not_leave_a_tag_behind(between: str) -> None:
    """Braces that a comment or an element kept apart are no template's once that is gone."""
    assert "<p>a  b</p>" == html(f"a {{{between}% r %}} b")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a {% b", "<p>a </p>"),
        ("{%", "<p>{%</p>"),
        (">{%*", "<blockquote>\n<p>{%*</p>\n</blockquote>"),
        ("``{% a``` b` {% x %}", "<p>``</p>"),
        (
            "`{% a %}` {% raw %}{% b %} {{< c >}}{% endraw %}",
            "<p><code>{% a %}</code> {% b %} {{&lt; c &gt;}}</p>",
        ),
    ],
)
def test_a_lone_mark_is_text_and_a_tag_is_none(markdown: str, expected: str) -> None:
    """`{%` by itself is what an author writes about; with a name behind it, it is a template's."""
    assert expected == html(markdown)


@pytest.mark.parametrize("mark", ["[[TOC]]", "[[toc]]", "{{TOC}}", "{{ toc }}", "[TOC]", "{% include toc %}"])
def test_a_table_of_contents_is_not_shown(mark: str) -> None:
    """It leaves nothing, and nobody is told."""
    assert ("<p>a</p>\n<p>b</p>", []) == (html(f"a\n\n{mark}\n\nb"), problems(f"a\n\n{mark}\n\nb"))


@pytest.mark.parametrize(
    ("markdown", "expected", "dialect"),
    [
        ("[x]({{ site.baseurl }}{% post_url 2019-01-07-old %}) [y]({{ site.url }}{{ site.baseurl }}{% link _posts/2019-01-07-old.md %}#z)",
         '<p><a href="https://ex.org/blog/old/">x</a> <a href="https://ex.org/blog/old/#z">y</a></p>', "jekyll"),
        ("{% highlight html %}{% raw %}<a>{{ x }}{% endraw %}{% endhighlight %}", '<pre><code class="language-html">&lt;a&gt;{{ x }}\n</code></pre>', "jekyll"),
        ('{% pullquote %}a {" b "} c{% endpullquote %}', "<blockquote><p>a b c</p></blockquote>", "jekyll"),
        ("{% blockquote Ann Bee, A Book http://x.y/z page %}q{% endblockquote %}", '<blockquote><p>q</p><p>— Ann Bee, <a href="http://x.y/z">page</a></p></blockquote>', "jekyll"),
        ("{% blockquote @ann https://x.y/z %}q{% endblockquote %}", '<blockquote><p>q</p><p>— @ann, <a href="https://x.y/z">x.y/z</a></p></blockquote>', "hexo"),
        ('{{< quote author="A" source="B" url="https://x.y" >}}q{{< /quote >}}', '<blockquote>\n<p>q</p>\n<p>— A, <a href="https://x.y">B</a></p></blockquote>', "hugo"),
        ("{% btn https://x.y/, text, icon %} {% label primary@a %} {% span red, b %} {% checkbox red checked, c %} {% hideInline d,e,f %} {% iframe https://x.y/ %}",
         '<p><a href="https://x.y/">text</a> a b c d e <a href="https://x.y/">https://x.y/</a></p>', "hexo"),
        ("{% img left /a.png 30 20 [t [b]] %}", '<p><img src="https://ex.org/a.png" alt="b" title="t" width="30" height="20"></p>', "pelican"),
        ('{{% raw %}}{{< a >}}{{% /raw %}} {{% media url="https://x.y/" %}} {{% doc %}}hello{{% /doc %}} {{% doc %}}it <hello>{{% /doc %}}',
         '<p>{{&lt; a &gt;}}</p>\n<p><a href="https://x.y/">https://x.y/</a></p>\n<p><a href="https://ex.org/blog/posts/hello/">hello</a> <a href="https://ex.org/blog/posts/hello/">it</a></p>', "nikola"),
        ('{{% thumbnail "/a.jpg" alt="x" %}}c{{% /thumbnail %}}', '<figure><img src="https://ex.org/a.jpg" alt="x">\n<p>c</p>\n</figure>', "nikola"),
        ('[caption id="a"]<img src="/a.png"> B *c*[/caption]', '<figure><img src="https://ex.org/a.png"><figcaption>B <em>c</em></figcaption></figure>', "jekyll"),
        ("[embed]https://x.y/[/embed]\n[youtube https://youtu.be/z]", '<p><a href="https://x.y/">https://x.y/</a></p>\n<p><a href="https://youtu.be/z">YouTube: youtu.be/z</a></p>', "jekyll"),
        ('[sourcecode language="php"]\n<?php a ?>\n[/sourcecode]', '<pre><code class="language-php">&lt;?php a ?&gt;\n</code></pre>', "jekyll"),
        ("[caption](/x) [embed] [caption]a[/caption] [embed][a]\n\n[a]: /x", '<p><a href="https://ex.org/x">caption</a> [embed] [caption]a[/caption] [embed]<a href="https://ex.org/x">a</a></p>', "plain"),
        ("a {# b #} c `{# d #}` {#", "<p>a  c <code>{# d #}</code> {#</p>", "eleventy"),
        ("a <% b, std::vector a <<< b", "<p>a &lt;% b, std::vector a &lt;&lt;&lt; b</p>", "plain"),
        ("{{< katex >}}{{< timelineItem header=A >}}x{{< /timelineItem >}}", "<p>x</p>", "hugo"),
        ('{{ katex(body="\\KaTeX") }} {{ $frontmatter.title }}', "<p>\\KaTeX On &lt;b&gt; &amp; *stars*</p>", "zola"),
        ("[a](link://tag/b) [b](link://category/c/d/)", '<p><a href="https://ex.org/blog/categories/b/">a</a> <a href="https://ex.org/blog/categories/cat_c/d/">b</a></p>', "nikola"),
        ("[a](link://slug/hello) [b](link://filename/posts/hello.md#c)", '<p><a href="https://ex.org/blog/posts/hello/">a</a> <a href="https://ex.org/blog/posts/hello/#c">b</a></p>', "nikola"),
        ('![a](__GHOST_URL__/b.png) <a href="__GHOST_URL__/c">d</a>', '<p><img alt="a" src="https://ex.org/blog/b.png"> <a href="https://ex.org/blog/c">d</a></p>', "plain"),
    ],
)  # fmt: skip
def test_marks_of_other_programs(markdown: str, expected: str, dialect: str) -> None:
    """Each is shown as its own program would, and without a complaint."""
    assert (expected, []) == (html(markdown, dialect), problems(markdown, dialect))


@pytest.mark.parametrize(
    ("markdown", "expected", "messages"),
    [
        ("a <% tp.now() %> b", "<p>a  b</p>", ["what '<% … %>' would show is not known here"]),
        ("<<< @/a.js{2}\n\nb", "<p>b</p>", ["the file '@/a.js{2}' is not shown here"]),
        ('::github{repo="a/b"}\n\n::c[d]', "<p>d</p>", ["no shortcode is called '::github'", "no shortcode is called '::c'"]),
        ('a [gallery ids="1,2"] b', "<p>a  b</p>", ["no shortcode is called 'gallery'"]),
        ("{% include_code A lang:b c.py %}a", "<p>a</p>", ["no shortcode is called 'include_code'"]),
        ("[a](link://index/b)", f'<p><a href="{HERE}">a</a></p>', ["no post is called 'link://index/b'"]),
        ('{{ what(body="a") }}', "<p>a</p>", ["no shortcode is called 'what'"]),
    ],
)  # fmt: skip
def test_what_only_another_program_can_show_is_reported(
    markdown: str, expected: str, messages: list[str]
) -> None:
    """Its mark-up is not."""
    assert (expected, messages) == (html(markdown), [message for _, _, message in problems(markdown)])


def test_a_note_may_have_a_sign_in_its_name() -> None:
    """The whole name comes first, then what may be a heading."""
    page = replace(PAGE, dialect="obsidian", references={"C# notes.md": "https://ex.org/c/"})
    body = to_html("[[C# notes]] [[C# lost]] [[Note#Head]]", page)
    assert '<p><a href="https://ex.org/c/">C# notes</a> C# lost Note &gt; Head</p>' == body.html
    assert 2 == len(body.problems)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_whatever_stands_in_braces_is_a_template(dialect: str) -> None:
    """All of them go, with a warning; mathematics and code stay anywhere."""
    stays = "$x^{{ab}}$ `{{ 1 }}` $$\\frac{{a}}{{b}}$$"
    body = to_html(f"{{{{ 7*7 }}}} {{{{ a ? b : c }}}} {stays}", replace(PAGE, dialect=dialect))
    assert "7*7" not in body.html
    assert 2 == len(body.problems)
    assert body.html.endswith("$x^{{ab}}$ <code>{{ 1 }}</code> $$\\frac{{a}}{{b}}$$</p>")


OUTPUTS = [
    ("One {{ x }} {{x}} v{{ y }} {{ .Title }} {{{ z }}} {{ 1,2 }}", "<p>One   v   </p>", 6),
    ("[l]({{ u }}/a) [m]({{ site.url }}/{{ u }}) ![i]({{ u }}) [n](<{{ u }}>)", "<p>l m i n</p>", 4),
    ("![{{ foo }}]({{ src }})<img src=\"{{ foo.x }}\" alt='b'> <a href='{{ u }}'>c *d*</a>", "<p>b c <em>d</em></p>", 4),
    ('<div><img src="{{ foo.x }}" alt="a {{ b }}"></div>', "<div>a </div>", 2),
    ('[see][r] <img src="/a.png" srcset="{{ b }} 2x">\n\n[r]: {{ q }}/x', '<p>see <img src="https://ex.org/a.png"></p>', 2),
    ("[a]({% asset b %}) _{{ page.title | nothing }}_", "<p>a <em></em></p>", 2),
    ('[link](/x "t {{ y }}")', '<p><a href="https://ex.org/x" title="t ">link</a></p>', 1),
    ("{{ 5 }} {{ -2.5 }} {{ 3 | plus: 1 }} {{ 3 | minus: 4 | times: 2 }} {{ true }}", "<p>5 -2.5 4 -2 true</p>", 0),
    ("{{ 3 | divided_by: 2 }}{{ 2.5 | plus: 1 }}{{ 3 | plus: n }}{{ 3 | plus }}a", "<p>a</p>", 4),
]  # fmt: skip


@pytest.mark.parametrize("dialect", ["plain", "jekyll", "hugo", "pelican", "obsidian", "zola"])
@pytest.mark.parametrize(("markdown", "expected", "warnings"), OUTPUTS)
def test_an_output_that_nobody_knows_goes(markdown: str, expected: str, warnings: int, dialect: str) -> None:
    """One letter or a number, in the text or in an address, which is none then: no page links to itself."""
    assert expected == html(markdown, dialect)
    assert ["shortcode-unknown"] * warnings == [code for code, _, _ in problems(markdown, dialect)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("{% assign n = 3 %}We have {{ n }} cats, {{ n | plus: 1 }}", "<p>We have 3 cats, 4</p>"),
        ("{% assign b = true %}{% set c = 2.5 %}{{ b }} {{ c }}", "<p>true 2.5</p>"),
        ("{% increment c %}{% increment c %} {{ c }} {% decrement d %} {% increment %}", "<p>01 2 -1 </p>"),
        ('{% assign u = "/x/" | append: "y.png" %}![z]({{ u }})', '<p><img alt="z" src="https://ex.org/x/y.png"></p>'),
        ('{% assign u = "y|z" | prepend: "/" %}{{ u | remove: "|z" | replace: "y", "z" | size }}', "<p>2</p>"),
        ('{% assign u = "aab" | replace_first: "a", "c" | remove_first: "a" | upcase %}{{ u }}', "<p>CB</p>"),
        ('{% assign p = "x" %}{% assign u = "/" | append: p | append: ".png" %}![z]({{ u | relative_url }})', '<p><img alt="z" src="https://ex.org/blog/x.png"></p>'),
    ],
)  # fmt: skip
def test_what_a_body_sets_is_known(markdown: str, expected: str) -> None:
    """Numbers, counters, and what filters that need nothing else make of words."""
    assert (expected, []) == (html(markdown, "jekyll"), problems(markdown, "jekyll"))


@pytest.mark.parametrize(
    "filters", ["append: a", "replace: 'x', a", "prepend: nobody", "replace: '', 'y'", "times: 9"]
)
def test_filters_cannot_make_a_body_endless(filters: str) -> None:
    """Doubling a text forty times is soon given up, as is what nobody knows."""
    markdown = '{% assign a = "xxxx" %}' + f"{{% assign a = a | {filters} %}}" * 40 + "{{ a }}b"
    assert "<p>b</p>" == html(markdown, "jekyll")


RAW = [
    ("```\n{% raw %}\n{{ a }}\n{% endraw %}\n```", "<pre><code>{{ a }}\n</code></pre>"),
    ("```\na {% raw %}{{ b }}{% endraw %} {%- raw -%}{% c %}{%- endraw -%}\n```", "<pre><code>a {{ b }} {% c %}\n</code></pre>"),
    ("    {% raw %}{{ a }}\n    {{ b }}{% endraw %} c", "<pre><code>{{ a }}\n{{ b }} c\n</code></pre>"),
    ("a `{% raw %}{{ b }}{% endraw %}` ``{{ '{{' }} c {{ \"}}\" }}``", "<p>a <code>{{ b }}</code> <code>{{ c }}</code></p>"),
    ("<pre>{% raw %}\n{{ a }}\n{% endraw %}</pre>", "<pre>{{ a }}\n</pre>"),
    ("```\n{% raw %}{{ a }}\n```\n\nb", "<pre><code>{% raw %}{{ a }}\n</code></pre>\n<p>b</p>"),
    ("```\n{% raw %}{{ '{{' }}{% endraw %} {% raw %}\n```", "<pre><code>{{ '{{' }} {% raw %}\n</code></pre>"),
]  # fmt: skip


@pytest.mark.parametrize("dialect", ["jekyll", "eleventy", "hexo"])
@pytest.mark.parametrize(("markdown", "expected"), RAW)
def test_raw_in_code_is_not_shown_where_code_is_a_template(
    markdown: str, expected: str, dialect: str
) -> None:
    """What is between stays as it is; what is never closed is only written about."""
    assert (expected, []) == (html(markdown, dialect), problems(markdown, dialect))


@pytest.mark.parametrize("dialect", ["hugo", "zola", "nikola", "plain"])
def test_raw_in_code_is_code_elsewhere(dialect: str) -> None:
    """Only some programs run the templates in code."""
    code = "{% raw %}{{ a }}{% endraw %} {{ '{{' }}"
    assert f"<p><code>{code}</code></p>" == html(f"`{code}`", dialect)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("{% asset_img a.jpg This is an image %}", f'<p><img src="{HERE}a.jpg" alt="This is an image"></p>'),
        ("{% asset_img b a.jpg 30 20 isn't it %}", f'<p><img src="{HERE}a.jpg" alt="isn\'t it" width="30" height="20"></p>'),
        ("{% picture foo.jpg --alt Bar baz %}", f'<p><img src="{HERE}foo.jpg" alt="Bar baz"></p>'),
        ('{% picture thumb /a.jpg --alt "B" --link /c %}', '<p><a href="https://ex.org/c"><img src="https://ex.org/a.jpg" alt="B"></a></p>'),
        ('{% include alert.html type="warning" content="Beware **this**" %}', "<blockquote><p><strong>Warning</strong></p><p>Beware <strong>this</strong></p></blockquote>"),
        ('{% include notice.html message="a" %}', "<blockquote><p>a</p></blockquote>"),
        ("a {{/* b */}} c {{/* d(1) */}}", "<p>a  c {{ d(1) }}</p>"),
    ],
)  # fmt: skip
def test_tags_say_what_they_show(markdown: str, expected: str) -> None:
    """Words without quotation marks, options, the text of a call-out; a comment shows nothing."""
    assert (expected, []) == (html(markdown, "jekyll"), problems(markdown, "jekyll"))


@pytest.mark.parametrize("tag", ["{% highlight js %}", "{{< highlight js >}}"])
def test_code_without_an_end_ends_with_its_section(tag: str) -> None:
    """It stays code, and the warning says what is wrong with it."""
    code = '<pre><code class="language-js">x *y*\n# z\n</code></pre>'
    assert f'<p>a</p>\n{code}\n<h2 id="b">b</h2>' == html(f"a\n\n{tag}\nx *y*\n\n# z\n\n## b")
    assert f"{code}" == html(f"{tag}\nx *y*\n\n# z")
    assert [("shortcode-unterminated", 5, "a shortcode is not closed")] == problems(f"{tag}\nx *y*")


@pytest.mark.parametrize("dialect", ["eleventy", "jekyll"])
def test_a_loop_is_called_one(dialect: str) -> None:
    """Whatever it runs through."""
    for loop in ("{% for x in (1..3) %}a{% endfor %}", "{% for x in b %}{{ x }}{% endfor %}"):
        assert ["a 'for' loop cannot be run"] == [message for _, _, message in problems(loop, dialect)]
