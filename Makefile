# The two commands are `make run` and `make test`. Everything is made once and again only when what it is made from changes.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test bench fix messages assets

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps
COLLECTED := motcua/web/assets/collected/staticfiles.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard motcua/locale/*/LC_MESSAGES/*.po))

help:
	@echo "make run    chạy motcua tại http://127.0.0.1:8000 (PORT=8001 chọn cổng khác; Ctrl-C dừng tất cả)"
	@echo "make test   kiểm tra định dạng, kiểu, hợp đồng nhập, di trú và mọi bài thử, kể cả trong trình duyệt"
	@echo "make bench  đo tốc độ, in mỗi phép đo một dòng JSON"
	@echo "make messages  gom mọi câu chữ vào danh mục dịch tiếng Anh, nói câu nào chưa có bản dịch"
	@echo "make fix    sửa định dạng và những lỗi sửa được tự động"

run: .venv/installed $(CATALOGUES) assets
	@exec $(BIN)/motcua run

test: .venv/installed-dev $(CATALOGUES) assets
	@tools/test_packages.sh
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/motcua manage makemigrations --check --dry-run
	$(BIN)/pytest --numprocesses 2 --dist loadgroup

bench: .venv/installed-dev $(CATALOGUES) assets
	$(BIN)/python -m bench

fix: .venv/installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: .venv/installed-dev
	@$(BIN)/python tools/messages.py

assets: .venv/installed
	@tools/assets.sh
	@$(MAKE) --silent --no-print-directory $(COLLECTED)

$(COLLECTED): .venv/installed $(wildcard motcua/web/static/* motcua/web/assets/built/* motcua/web/assets/built/.stamp)
	@$(BIN)/motcua manage collectstatic --no-input --verbosity 0

.venv/bin/pip:
	@tools/make_venv.sh $(PYTHON)

.venv/installed: requirements.txt pyproject.toml | .venv/bin/pip
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po tools/compile_catalogue.py .venv/installed
	@$(BIN)/python tools/compile_catalogue.py $< $@
