# refeed with what it can use. docs/publishing.md shows how to run it.

FROM python:3.13-slim AS build
COPY . /source
RUN pip wheel --no-cache-dir --wheel-dir /wheels '/source[pages,remote,serve,zstd]'

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels 'refeed[pages,remote,serve,zstd]' \
    && rm -r /wheels \
    && mkdir --mode=1777 /cache

ENV XDG_CACHE_HOME=/cache
VOLUME /cache
USER nobody
WORKDIR /archive
EXPOSE 8000
HEALTHCHECK --interval=60s --start-period=120s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
ENTRYPOINT ["refeed"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
