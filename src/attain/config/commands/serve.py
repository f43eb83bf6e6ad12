"""`attain serve`: web and worker under one command, on one port, from one data folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from attain.cli.language import say
from attain.cli.output import FAILED, console, trouble
from attain.config import assets, errors
from attain.config.children import Child, Children
from attain.config.commands.options import InData
from attain.config.environment import Environment
from attain.config.locks import Lock
from attain.config.starting import migrate, start
from attain.core.errors import AttainError, problem

Certificate = Annotated[
    Path | None, typer.Option("--tls-certificate", help=say("TLS 证书", "TLS certificate"))
]
Key = Annotated[Path | None, typer.Option("--tls-key", help=say("TLS 私钥", "TLS key"))]


def serve(
    data: InData = None,
    host: Annotated[
        str, typer.Option("--host", help=say("监听地址", "Address to listen on"))
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=say("端口", "Port"), min=1, max=65535)] = 8000,
    processes: Annotated[
        int, typer.Option("--processes", help=say("网页进程数", "Web processes"), min=1, max=64)
    ] = min(2, os.cpu_count() or 1),
    worker: Annotated[
        bool,
        typer.Option("--worker/--no-worker", help=say("同时运行后台任务", "Run jobs as well")),
    ] = True,
    certificate: Certificate = None,
    key: Key = None,
) -> None:
    """Serve the product until Ctrl-C: pages, API and background jobs."""
    environment = start(data)
    with Lock(environment.data, "serve"):
        _check_port(host, port)
        migrate()
        assets.collect(environment.data)
        web = [host, str(port), str(processes)]
        if certificate and key:
            web += [str(certificate), str(key)]
        children = [Child("web", "attain.config.web", web)]
        if worker:
            children.append(Child("worker", "attain.config.background"))
        well = Children(children).watch(
            ready=lambda: _answers(host, port, bool(certificate)),
            announce=lambda: _announce(environment, host, port),
        )
    if not well:
        trouble.print(say("服务反复中断，已停止", "The server died again and again; stopped"))
        raise typer.Exit(FAILED)
    console.print(say("已停止", "Stopped"))


def _check_port(host: str, port: int) -> None:
    """
    :raises AttainError: PORT_TAKEN.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server itself will: a port of a server that has just stopped is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise AttainError(problem(errors.PORT_TAKEN, port=str(port))) from None


def _answers(host: str, port: int, is_tls: bool) -> bool:
    """Whether a page comes back, whatever it says: listening begins before that."""
    try:
        with socket.create_connection((_reachable(host), port), timeout=2) as connection:
            if is_tls:
                return True
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return bool(connection.recv(1))
    except OSError:
        return False


def _announce(environment: Environment, host: str, port: int) -> None:
    scheme = "https" if environment.https == "direct" else "http"
    address = f"{scheme}://{_reachable(host)}:{port}/"
    console.print(say("已启动：{address}", "Ready: {address}", address=address), style="bold")
    console.print(
        say("数据目录：{data}", "Data folder: {data}", data=environment.data), style="dim"
    )
    console.print(say("按 Ctrl-C 停止", "Ctrl-C stops"), style="dim")


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
