"""What people do with documents: the folders of a project, uploads, versions, downloads."""

from parvis.documents.actions.documents import (
    add_document,
    add_version,
    delete_document,
    edit_document,
    file_approved_version,
    move_document,
    record_download,
    restore_document,
)
from parvis.documents.actions.folders import add_folder, folders_of

__all__ = [
    "add_document",
    "add_folder",
    "add_version",
    "delete_document",
    "edit_document",
    "file_approved_version",
    "folders_of",
    "move_document",
    "record_download",
    "restore_document",
]
