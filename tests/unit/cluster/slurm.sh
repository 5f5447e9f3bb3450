#!/usr/bin/env bash

#SBATCH -J deckwright
#SBATCH -p gpu
#SBATCH -A teaching
#SBATCH -n 1
#SBATCH --cpus-per-task=4
#SBATCH --mem=15G
#SBATCH -t 02:00:00
#SBATCH --gres=gpu:1

python -m distributed.cli.dask_worker tcp://HOST:PORT --name dummy-name --nthreads 4 --memory-limit 14.90GiB --no-nanny --death-timeout 60 --lifetime 7080s --resources GPU=1
