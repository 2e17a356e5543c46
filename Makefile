# Two commands on a fresh machine with Python 3.11+ and git: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Packages as locked, with hashes; the project itself is installed on top, in place.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint docs lock clean

$(VENV)/run.stamp: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock || $(INSTALL) --require-hashes -r requirements-cuda.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

run: $(VENV)/run.stamp  ## train from the labels, predict every quotation of the seeds, evaluate
	$(BIN)/python -m classifier.train
	$(BIN)/python -m classifier.predict --article --indirect seeds/*.txt
	$(BIN)/python -m eval

test: $(VENV)/run.stamp  ## run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/run.stamp  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/run.stamp  ## build the documentation into classifier/docs/_build
	$(BIN)/python -m sphinx -W --keep-going -q classifier/docs classifier/docs/_build
	@echo classifier/docs/_build/index.html

clean:
	rm -rf $(VENV) models/local eval/reports classifier/docs/_build

# requirements.lock allows torch's CPU build alone, which brings no CUDA packages; where it can't be had,
# installing falls back to requirements-cuda.lock.
CUDA := $(foreach p,cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
	nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx torch triton,--no-emit-package $(p))

# the CPU build of torch 2.13.0 for Python 3.11 on Linux, which the public index doesn't carry
CPU_TORCH := 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b

lock:  ## resolve the locked versions again (needs uv)
	uv pip compile pyproject.toml --extra dev --extra eval --extra browser --generate-hashes --no-annotate --no-header --python-version 3.11 \
		--universal --quiet -o requirements-cuda.lock
	uv pip compile pyproject.toml --extra dev --extra eval --extra browser --generate-hashes --no-annotate --no-header --python-version 3.11 \
		--universal --quiet $(CUDA) -o requirements.lock
	printf 'torch==2.13.0 --hash=sha256:%s\n' $(CPU_TORCH) >> requirements.lock
