"""``site-builder completion SHELL``: the script that completes commands, options and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from site_builder.cli.options import json_option
from site_builder.cli.saying import say_json

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_SITE_BUILDER_COMPLETE"


@click.command("completion", short_help="输出 bash、zsh、fish 的补全脚本。")
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@json_option
@click.pass_context
def completion_command(ctx: click.Context, shell: str, *, as_json: bool) -> None:
    """输出补全脚本。SHELL 是 bash、zsh 或 fish，存到各自的补全文件夹里即可。

    bash：site-builder completion bash > ~/.local/share/bash-completion/completions/site-builder

    zsh：site-builder completion zsh > ~/.zfunc/_site-builder（~/.zfunc 要在 fpath 里，然后 compinit）

    fish：site-builder completion fish > ~/.config/fish/completions/site-builder.fish
    """
    made = get_completion_class(shell)
    root = ctx.find_root().command
    if made is None:
        raise click.BadParameter(shell)
    script = made(root, {}, "site-builder", VARIABLE).source()
    if as_json:
        say_json({"shell": shell, "script": script})
    else:
        click.echo(script)
