"""Optuna at a journal: `show PATH`, `optimize PATH STUDY TRIALS`, `append PATH STUDY TRIALS`, `delete PATH STUDY`,
`several PATH STUDY`; each prints JSON."""

import json
import sys

import optuna
from optuna.storages import JournalFileStorage, JournalStorage

optuna.logging.set_verbosity(optuna.logging.ERROR)


def finite(value):
    return repr(value) if isinstance(value, float) and value - value != 0 else value


def shown(trial):
    return {
        "number": trial.number,
        "state": trial.state.name,
        "value": trial.value,
        "params": trial.params,
        "reports": [[step, finite(value)] for step, value in sorted(trial.intermediate_values.items())],
        "attributes": trial.user_attrs,
    }


def show(storage):
    studies = [optuna.load_study(study_name=summary.study_name, storage=storage) for summary in optuna.get_all_study_summaries(storage)]
    for study in studies:
        if len(study.directions) > 1:
            continue
        ended = [trial for trial in study.trials if trial.state.name == "COMPLETE"]
        yield {
            "name": study.study_name,
            "direction": study.direction.name,
            "best": study.best_trial.number if ended else None,
            "trials": [shown(trial) for trial in study.trials],
        }


def objective(trial):
    rate = trial.suggest_float("rate", 1e-4, 1e-1, log=True)
    layers = trial.suggest_int("layers", 1, 9, step=2)
    kind = trial.suggest_categorical("kind", ["sgd", "adam", None, True, 3])
    momentum = trial.suggest_float("momentum", 0, 0.9, step=0.3) if kind == "sgd" else 0
    trial.set_user_attr("note", {"kind": kind, "list": [1.5, None]})
    trial.report(float("nan"), 0)
    trial.report(rate * layers, 1)
    if trial.number % 5 == 3:
        raise optuna.TrialPruned()
    if trial.number % 5 == 4:
        raise ValueError("too bad")
    return rate * layers + momentum


def optimize(storage, name, trials):
    study = optuna.create_study(storage=storage, study_name=name, load_if_exists=True, sampler=optuna.samplers.RandomSampler(seed=1))
    study.enqueue_trial({"rate": 0.01, "kind": "adam"})
    study.optimize(objective, n_trials=trials, catch=(ValueError,))
    study.enqueue_trial({"rate": 0.05})


def append(storage, name, trials):
    study = optuna.load_study(study_name=name, storage=storage, sampler=optuna.samplers.RandomSampler(seed=2))
    for _ in range(trials):
        trial = study.ask()
        study.tell(trial, trial.suggest_float("x", 0, 1))


command, path, *rest = sys.argv[1:]
storage = JournalStorage(JournalFileStorage(path))
if command == "optimize":
    optimize(storage, rest[0], int(rest[1]))
elif command == "append":
    append(storage, rest[0], int(rest[1]))
elif command == "delete":
    optuna.delete_study(study_name=rest[0], storage=storage)
elif command == "several":
    optuna.create_study(storage=storage, study_name=rest[0], directions=["minimize", "maximize"]).optimize(lambda trial: (1, 2), n_trials=1)
print(json.dumps(list(show(storage)) if command == "show" else None))
