# One image for every part: oneseal serve | worker | migrate | deploy | verify ...
#   docker build -t oneseal .
#   docker run --rm -v oneseal:/data oneseal migrate && docker run --rm -v oneseal:/data oneseal deploy
#   docker run -p 127.0.0.1:8000:8000 -v oneseal:/data oneseal
#   docker run --rm -v oneseal:/data oneseal backup        into /data/backups
# Once built it needs no network but its database. Several processes on PostgreSQL behind a proxy: compose.yaml.

FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --ignore-scripts
COPY bpmn/oneseal-moddle.json ../bpmn/
COPY web/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/oneseal \
    && /opt/oneseal/bin/pip install --require-hashes --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY bpmn/ bpmn/
COPY handlers/ handlers/
COPY service/ service/
COPY --from=web /src/service/pages/static/dist/ service/pages/static/dist/
RUN /opt/oneseal/bin/pip install --no-deps --no-index --no-build-isolation . \
    && /opt/oneseal/bin/python -m compileall -q /opt/oneseal/lib

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="OneSeal" \
      org.opencontainers.image.description="BPMN cases of a county's seals; reads no network but its database's"
RUN useradd --system --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin oneseal \
    && install --directory --owner oneseal --mode 0750 /data /backups
COPY --from=build /opt/oneseal /opt/oneseal
ENV PATH=/opt/oneseal/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ONESEAL_LOG_FORMAT=json
USER 10001
# The embedded database is data/oneseal.db seen from here, unless ONESEAL_DATABASE_URL or a secret names another.
WORKDIR /
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=4).close()"]
ENTRYPOINT ["oneseal"]
CMD ["serve", "--host", "0.0.0.0"]
